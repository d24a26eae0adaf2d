import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Area, Legend, LegendEntry } from './model.ts';
import type { TextReader } from './ocr.ts';
import { chromaOf, distance } from './palette.ts';
import { around } from './text-lines.ts';
import { isVeiled } from './veiled.ts';

/** A line of text with a patch of colour, a line or a marker to its left. */
export interface KeyLine {
  readonly text: Area;
  readonly swatch: Area;
  readonly colour: Rgb;
}

/**
 * Lines of text that a legend's swatch stands before: coloured ink within the three ems to the left, with
 * ground on both sides of it.
 */
export function keyLines(pixels: Pixels, lines: readonly Area[], ground: Rgb, em: number): KeyLine[] {
  const at = (x: number, y: number): Rgb => {
    const i = (y * pixels.width + x) * 3;
    return [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
  };
  const isInk = (colour: Rgb) => distance(colour, ground) >= 40 && chromaOf(colour) >= 24;
  return lines.flatMap((text): KeyLine[] => {
    const top = Math.max(0, Math.floor(text.top - 0.15 * em));
    const bottom = Math.min(pixels.height, Math.ceil(text.bottom + 0.15 * em));
    const from = Math.max(0, Math.floor(text.left - 4.4 * em));
    const to = Math.floor(text.left - 0.25 * em);
    const column = (x: number) => {
      const inked: number[] = [];
      for (let y = top; y < bottom; y++) {
        if (isInk(at(x, y))) inked.push(y);
      }
      return inked;
    };
    // From the text leftwards: some ground, the swatch, ground again; dashes leave gaps that are narrower.
    let [left, right, upper, lower] = [to, from, bottom, top];
    for (let x = to - 1; x >= from; x--) {
      const inked = column(x);
      if (inked.length === 0) {
        if (right > from && left - x > 0.42 * em) break;
        continue;
      }
      left = x;
      right = Math.max(right, x + 1);
      upper = Math.min(upper, ...inked);
      lower = Math.max(lower, ...inked.map((y) => y + 1));
    }
    const gap = text.left - right;
    const tooLong = left <= from + 1 || right - left > 3.2 * em;
    // A bar beside its value goes on above or below the line of text.
    const goesOn = [upper - 0.25 * em, lower + 0.25 * em].some((y) => {
      const row = Math.round(y);
      const inside = row >= 0 && row < pixels.height;
      let inked = 0;
      for (let x = left; x < right; x++) if (inside && isInk(at(x, row))) inked++;
      return inked > 0.5 * (right - left);
    });
    if (goesOn) return [];
    if (right - left < 3 || gap < 0.35 * em || gap > 2 * em || tooLong || lower - upper > 1.5 * em) return [];
    return [
      {
        text,
        swatch: { left, top: upper, right, bottom: lower },
        colour: typical(pixels, { left, top: upper, right, bottom: lower }, ground),
      },
    ];
  });
}

/** The commonest colour of a patch that is not ground. */
function typical(pixels: Pixels, { left, top, right, bottom }: Area, ground: Rgb): Rgb {
  const counts = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = (y * pixels.width + x) * 3;
      const colour: Rgb = [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
      if (distance(colour, ground) < 40 || chromaOf(colour) < 20) continue;
      const key = ((colour[0] >> 3) << 10) | ((colour[1] >> 3) << 5) | (colour[2] >> 3);
      const bin = counts.get(key) ?? { count: 0, sum: [0, 0, 0] };
      bin.count++;
      for (const c of [0, 1, 2] as const) bin.sum[c] += colour[c];
      counts.set(key, bin);
    }
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (!best) return ground;
  return [
    Math.round(best.sum[0] / best.count),
    Math.round(best.sum[1] / best.count),
    Math.round(best.sum[2] / best.count),
  ];
}

/** The legend that key lines make up; undefined where there are none. */
export async function legendOf(
  lines: readonly KeyLine[],
  pixels: Pixels,
  ground: Rgb,
  { em, noise }: { readonly em: number; readonly noise: number },
  reader: TextReader,
): Promise<Legend | undefined> {
  const inner = around(lines.flatMap(({ text, swatch }) => [text, swatch]));
  if (!inner) return undefined;
  const entries: LegendEntry[] = [];
  const columns = new Set(lines.map(({ swatch }) => Math.round(swatch.left / (2 * em)))).size;
  const ordered = [...lines].sort((a, b) =>
    columns > 1 && Math.abs(a.swatch.left - b.swatch.left) > em
      ? a.swatch.left - b.swatch.left
      : a.text.top - b.text.top,
  );
  for (const { text, swatch, colour } of ordered)
    entries.push({ colour, swatch, text: await reader.read(text) });
  const box = boxAround(pixels, inner, ground, em);
  const contents = lines.flatMap(({ text, swatch }) => [text, swatch]);
  const veils = box !== undefined && isVeiled(pixels, { area: box, contents }, { em, noise });
  return { area: box ?? inner, entries, columns, framed: box !== undefined, veils };
}

/** The thin grey outline around a legend, looked for outwards from its content. */
function boxAround(pixels: Pixels, inner: Area, ground: Rgb, em: number): Area | undefined {
  const away = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= pixels.width || y >= pixels.height) return 0;
    const i = (y * pixels.width + x) * 3;
    return distance([pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0], ground);
  };
  const reach = Math.ceil(1.1 * em);
  const seek = (length: number, point: (depth: number, k: number) => readonly [number, number]) => {
    for (let depth = 1; depth <= reach; depth++) {
      let hits = 0;
      for (let k = 0; k < length; k++) {
        const [x, y] = point(depth, k);
        if (away(x, y) > 15) hits++;
      }
      if (hits > 0.85 * length) return depth;
    }
    return undefined;
  };
  const [width, height] = [inner.right - inner.left, inner.bottom - inner.top];
  const left = seek(height, (depth, k) => [inner.left - depth, inner.top + k]);
  const right = seek(height, (depth, k) => [inner.right - 1 + depth, inner.top + k]);
  const top = seek(width, (depth, k) => [inner.left + k, inner.top - depth]);
  const bottom = seek(width, (depth, k) => [inner.left + k, inner.bottom - 1 + depth]);
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    return undefined;
  return {
    left: inner.left - left,
    right: inner.right + right,
    top: inner.top - top,
    bottom: inner.bottom + bottom,
  };
}
