import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Area } from './model.ts';
import { chromaOf, distance } from './palette.ts';

/** Levels of chroma that data keeps beneath a legend that lets a fifth of it through, as matplotlib's does. */
const TINT = 10;
/** Levels from the legend's own colour within which ink lies beneath it; beyond, it lies on it. */
const BENEATH = 72;
/** Tinted pixels that make up data, in square ems: what words leave to be seen of a thin line. */
const LEAST = 0.04;
/** Of an em, around keys and names: their own edges, and what JPEG spreads of them. */
const BESIDE = { clean: 0.1, blurred: 0.3 } as const;

/** Whether data shows through a legend: what lies beneath it can hardly be measured, and what ends there is hidden. */
export function isVeiled(
  pixels: Pixels,
  legend: { readonly area: Area; readonly contents: readonly Area[] },
  { em, noise }: { readonly em: number; readonly noise: number },
): boolean {
  const { left, top, right, bottom } = legend.area;
  const beside = BESIDE[noise > 0 ? 'blurred' : 'clean'] * em;
  const own = legend.contents.map((area) => ({
    left: area.left - beside,
    top: area.top - beside,
    right: area.right + beside,
    bottom: area.bottom + beside,
  }));
  const seen: Rgb[] = [];
  for (let y = Math.ceil(top + 3); y < bottom - 3; y++) {
    for (let x = Math.ceil(left + 3); x < right - 3; x++) {
      if (own.some((area) => x >= area.left && x < area.right && y >= area.top && y < area.bottom)) continue;
      const i = (y * pixels.width + x) * 3;
      seen.push([pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0]);
    }
  }
  const ground = commonest(seen);
  const tinted = seen.filter((colour) => {
    const tint: Rgb = [colour[0] - ground[0], colour[1] - ground[1], colour[2] - ground[2]];
    return chromaOf(tint) > TINT + 2 * noise && distance(colour, ground) < BENEATH;
  });
  return tinted.length > LEAST * em * em;
}

function commonest(colours: readonly Rgb[]): Rgb {
  const counts = new Map<string, { count: number; readonly colour: Rgb }>();
  for (const colour of colours) {
    const bin = counts.get(colour.join()) ?? { count: 0, colour };
    bin.count++;
    counts.set(colour.join(), bin);
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.colour ?? [255, 255, 255];
}
