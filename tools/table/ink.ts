import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Plane } from '../image/window.ts';
import type { Ruling } from './rulings.ts';

/** What is written on the table, whatever it is written on. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  /** Greatest difference of a channel from the local ground, 0 to 255; 0 on rulings. */
  readonly plane: Plane;
  /** The ground at a pixel. */
  groundAt(x: number, y: number): Rgb;
}

/** Pixels beside a ruling that its anti-aliasing may have touched. */
const MARGIN = 1;

/**
 * Takes the ground away: rulings cut the picture into rectangles, and the commonest colour of each is what
 * its text stands on. So shaded rows and white text on a dark head read like the rest.
 */
export function inkOf(pixels: Pixels, rulings: readonly Ruling[]): Ink {
  const { width, height, data } = pixels;
  const rows = bandsOf(rulings, 'horizontal', height);
  const columns = bandsOf(rulings, 'vertical', width);
  const plane = new Uint8Array(width * height);
  const grounds = rows.spans.map((row) => columns.spans.map((column) => commonest(pixels, column, row)));
  const groundAt = (x: number, y: number): Rgb =>
    grounds[rows.index[y] ?? 0]?.[columns.index[x] ?? 0] ?? [255, 255, 255];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const [r, g, b] = groundAt(x, y);
      plane[i] = Math.max(
        Math.abs((data[i * 3] ?? 0) - r),
        Math.abs((data[i * 3 + 1] ?? 0) - g),
        Math.abs((data[i * 3 + 2] ?? 0) - b),
      );
    }
  }
  for (const ruling of rulings) erase(plane, width, height, ruling);
  return { width, height, plane, groundAt };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans between rulings of one axis, and the span that each pixel belongs to. */
function bandsOf(
  rulings: readonly Ruling[],
  axis: Ruling['axis'],
  size: number,
): { spans: Span[]; index: Uint16Array } {
  const cuts = rulings
    .filter((ruling) => ruling.axis === axis)
    .map(({ at, end }) => Math.round((at + end) / 2))
    .sort((a, b) => a - b);
  const spans: Span[] = [];
  let from = 0;
  for (const to of [...cuts, size]) {
    if (to - from > 2 * MARGIN || to === size) {
      spans.push({ from, to });
      from = to;
    }
  }
  const index = new Uint16Array(size);
  for (const [number, span] of spans.entries()) index.fill(number, span.from, span.to);
  return { spans, index };
}

/** The commonest colour of a rectangle, 4 bits a channel, averaged; its outermost pixels are left out. */
function commonest({ width, data }: Pixels, column: Span, row: Span): Rgb {
  const bins = new Map<number, [count: number, r: number, g: number, b: number]>();
  const inset = (span: Span) => (span.to - span.from > 6 ? 2 : 0);
  for (let y = row.from + inset(row); y < row.to - inset(row); y++) {
    for (let x = column.from + inset(column); x < column.to - inset(column); x++) {
      const i = (y * width + x) * 3;
      const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
      const key = (((r + 8) >> 4) << 10) | (((g + 8) >> 4) << 5) | ((b + 8) >> 4);
      const bin = bins.get(key);
      if (bin) {
        bin[0]++;
        bin[1] += r;
        bin[2] += g;
        bin[3] += b;
      } else bins.set(key, [1, r, g, b]);
    }
  }
  let most: readonly number[] = [1, 255, 255, 255];
  for (const bin of bins.values()) if (bin[0] > (most[0] ?? 0)) most = bin;
  const [count = 1, r = 0, g = 0, b = 0] = most;
  return [Math.round(r / count), Math.round(g / count), Math.round(b / count)];
}

function erase(plane: Plane, width: number, height: number, { axis, at, end, from, to }: Ruling): void {
  const [near, far] = [at - MARGIN, end + MARGIN];
  const [start, stop] = [Math.max(0, from - MARGIN), to + MARGIN];
  const flat = axis === 'horizontal';
  const [x0, x1, y0, y1] = flat ? [start, stop, near, far] : [near, far, start, stop];
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
    plane.fill(0, y * width + Math.max(0, x0), y * width + Math.min(width, x1));
  }
}
