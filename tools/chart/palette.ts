import { depthOf } from '../image/depth.ts';
import type { Rgb } from '../image/ground.ts';
import { shareOf } from '../image/mixture.ts';
import type { Pixels, Size } from '../image/pixels.ts';
import type { Area } from './model.ts';

/** A colour that data is drawn in, with the pixels that it covers. */
export interface Layer {
  readonly colour: Rgb;
  /** Coverage 0 to 255 of each pixel of the picture; partial along edges. */
  readonly cover: Uint8Array;
  /** Pixels covered at least half. */
  readonly area: number;
  /** Half the thickness of its thickest part, in pixels. */
  readonly depth: number;
}

/** Channel distance below which two colours are one. */
const SAME = 26;
/** Channels apart from which a colour is no grey. */
const CHROMA = 28;

/** Mean colour of the pixels where the mask is on. */
export function chromaOf([r, g, b]: Rgb): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

export function distance(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/**
 * The colours that the data inside `area` is drawn in, commonest first. Greys count only where they cover
 * something thick, since thin grey is grid, border or text. Colours that are a mixture of another with the
 * ground, as anti-aliasing makes them, do not count.
 * @param skip pixels to leave out (legend, text), non-zero
 */
export function layersOf(pixels: Pixels, area: Area, ground: Rgb, skip: Uint8Array, noise: number): Layer[] {
  const size = { width: pixels.width, height: pixels.height };
  const bins = new Map<number, { count: number; sum: [number, number, number] }>();
  const [left, top, right, bottom] = [
    Math.ceil(area.left),
    Math.ceil(area.top),
    Math.floor(area.right),
    Math.floor(area.bottom),
  ];
  const each = (visit: (i: number, colour: Rgb) => void) => {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const i = y * pixels.width + x;
        if (skip[i]) continue;
        visit(i, [pixels.data[i * 3] ?? 0, pixels.data[i * 3 + 1] ?? 0, pixels.data[i * 3 + 2] ?? 0]);
      }
    }
  };
  const same = SAME + 2 * noise;
  each((_, colour) => {
    if (distance(colour, ground) < same) return;
    const key = ((colour[0] >> 3) << 10) | ((colour[1] >> 3) << 5) | (colour[2] >> 3);
    const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] };
    bin.count++;
    for (const c of [0, 1, 2] as const) bin.sum[c] += colour[c];
    bins.set(key, bin);
  });
  const peaks = [...bins.values()]
    .map(({ count, sum }) => ({ count, colour: [sum[0] / count, sum[1] / count, sum[2] / count] as Rgb }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 400);
  const least = Math.max(12, 0.00004 * (right - left) * (bottom - top));
  const chosen: { colour: Rgb; count: number }[] = [];
  for (const peak of peaks) {
    if (peak.count < least) break;
    if (chosen.some(({ colour }) => distance(colour, peak.colour) < same)) continue;
    chosen.push(peak);
  }
  // Strongest first, so that mixtures with the ground fall to the colour that they are mixed from.
  const strong = chosen.filter(
    ({ colour, count }) =>
      !(noise > 0 && chosen.some((other) => isWashedOut(colour, other.colour))) &&
      !chosen.some(
        (other) =>
          other.colour !== colour &&
          other.count * 6 > count &&
          distance(other.colour, ground) > distance(colour, ground) + 8 &&
          mixture(colour, other.colour, ground).residual < 20 + noise &&
          !isThick(pixels, colour, same / 2, size, each),
      ),
  );
  const colours = strong.slice(0, 24).map(({ colour }) => colour);
  const covers = colours.map(() => new Uint8Array(pixels.width * pixels.height));
  each((i, colour) => {
    if (distance(colour, ground) < 12 + noise) return;
    let best = -1;
    let least = Infinity;
    let share = 0;
    for (const [k, own] of colours.entries()) {
      const mix = mixture(colour, own, ground);
      // A pure pixel of one colour may be a mixture of another's: nearness to purity decides.
      const cost = mix.residual + (1 - mix.share) * 24;
      if (mix.share > 0.15 && cost < least) {
        least = cost;
        best = k;
        share = mix.share;
      }
    }
    const cover = covers[best];
    if (cover && least < 60 + noise) cover[i] = Math.round(255 * Math.min(1, share));
  });
  return colours.flatMap((colour, k): Layer[] => {
    const cover = covers[k];
    if (!cover) return [];
    const half = cover.map((value) => (value >= 128 ? 1 : 0));
    const areaOf = half.reduce((sum, value) => sum + value, 0);
    const depth = depthOf(half, size).reduce((most, value) => Math.max(most, value), 0);
    if (areaOf < least) return [];
    if (chromaOf(colour) < CHROMA && depth < 3) return [];
    return [{ colour: roundColour(colour), cover, area: areaOf, depth }];
  });
}

/** JPEG keeps the lightness of a thin stroke, but lets its colour run into the ground's. */
export function isWashedOut(colour: Rgb, other: Rgb): boolean {
  const lightness = ([r, g, b]: Rgb) => 0.299 * r + 0.587 * g + 0.114 * b;
  const away = (one: Rgb) => one.map((value) => value - lightness(one));
  const [own, full] = [away(colour), away(other)];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, c) => sum + value * (b[c] ?? 0), 0);
  const share = dot(own, full) / Math.max(1, dot(full, full));
  const aside = Math.sqrt(Math.max(0, dot(own, own) - share * dot(own, full)));
  return (
    colour !== other &&
    share > 0.35 &&
    share < 0.95 &&
    aside < 16 &&
    Math.abs(lightness(colour) - lightness(other)) < 24
  );
}

/** Some pixel of the colour has nothing but the colour around it. */
function isThick(
  pixels: Pixels,
  colour: Rgb,
  tolerance: number,
  size: Size,
  each: (visit: (i: number, colour: Rgb) => void) => void,
): boolean {
  const mask = new Uint8Array(size.width * size.height);
  each((i, own) => {
    if (distance(own, colour) < tolerance) mask[i] = 1;
  });
  const deep = depthOf(mask, pixels);
  let count = 0;
  for (const value of deep) if (value >= 3) count++;
  return count >= 6;
}

/** How well a colour is share * own + (1 - share) * ground. */
export function mixture(colour: Rgb, own: Rgb, ground: Rgb): { share: number; residual: number } {
  const share = shareOf(colour, own, ground);
  let residual = 0;
  for (const c of [0, 1, 2] as const) {
    residual = Math.max(residual, Math.abs(colour[c] - (share * own[c] + (1 - share) * ground[c])));
  }
  return { share, residual };
}

function roundColour([r, g, b]: Rgb): Rgb {
  return [Math.round(r), Math.round(g), Math.round(b)];
}
