import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { type StraightLine, straightLines } from './lines.ts';
import type { Frame, Unreadable } from './model.ts';

/** Levels below the ground from which a pixel belongs to a border line; where there is none, to a pale one. */
const DARK = 90;
const PALE = 40;
/** A border line covers at least this share of the picture's side; those of further plots may be shorter. */
const LONG = 0.3;
const SHORT = 0.1;
/** Border lines meet within this many pixels. */
const MEET = 4;
/** A colour bar is this many times as long as it is wide, at least. */
const SLENDER = 6;

/**
 * The plotting area, by its left and bottom border lines, which meet in a corner. Undefined where there is
 * none; unreadable where there are several.
 */
export function frameOf(pixels: Pixels, luma: Uint8Array, ground: number): Frame | Unreadable | undefined {
  const dark = frameIn(pixels, luma, ground, DARK);
  if (dark) return dark;
  const pale = frameIn(pixels, luma, ground, PALE);
  return pale && 'reason' in pale ? undefined : pale;
}

function frameIn(
  pixels: Pixels,
  luma: Uint8Array,
  ground: number,
  least: number,
): Frame | Unreadable | undefined {
  const { width, height } = pixels;
  // Bars that stand on the border line would make it thick: only greys count.
  const dark = luma.map((value, i) => (ground - value > least && isGrey(pixels.data, i) ? 1 : 0));
  const thickest = Math.max(4, Math.round(Math.min(width, height) / 90));
  const rows = straightLines(dark, pixels, 'rows', SHORT * width, thickest);
  const columns = straightLines(dark, pixels, 'columns', SHORT * height, thickest);
  // A tick at the corner makes the border line longer by its length.
  const tick = MEET + Math.round(0.025 * Math.max(width, height));
  const corners = columns.flatMap((left) =>
    rows
      .filter(
        (bottom) =>
          bottom.from >= left.first - tick &&
          bottom.from <= left.first + MEET &&
          left.to <= bottom.last + tick &&
          left.to >= bottom.last - MEET,
      )
      .map((bottom) => ({ left, bottom, area: (left.to - left.from) * (bottom.to - bottom.from) })),
  );
  corners.sort((a, b) => b.area - a.area);
  const [main] = corners;
  if (
    !main ||
    main.left.to - main.left.from < LONG * height ||
    main.bottom.to - main.bottom.from < LONG * width
  ) {
    return corners.length > 1 ? { kind: 'unreadable', reason: 'several plots in one picture' } : undefined;
  }
  const { left, bottom } = main;
  const others = corners.filter(
    (one) =>
      one !== main &&
      (one.left.to <= left.from + MEET ||
        one.left.from >= bottom.last - MEET ||
        one.bottom.to <= left.first + MEET ||
        one.bottom.from >= bottom.to - MEET),
  );
  const bar = others.every(
    (one) => one.left.to - one.left.from > SLENDER * (one.bottom.to - one.bottom.from),
  );
  if (others.length > 0)
    return {
      kind: 'unreadable',
      reason: bar ? 'a colour bar stands beside the plot' : 'several plots in one picture',
    };
  const top = rows.find(
    (row) =>
      Math.abs(row.first - left.from) <= MEET &&
      row.from <= left.last + MEET &&
      Math.abs(row.to - bottom.to) <= MEET,
  );
  const right = columns.find(
    (column) =>
      Math.abs(column.last - bottom.to) <= MEET &&
      Math.abs(column.from - left.from) <= MEET &&
      column.to >= bottom.first - MEET,
  );
  const centre = (line: StraightLine) => (line.first + line.last) / 2;
  const middle = ((bottom.first + bottom.last) >> 1) * width + ((bottom.from + bottom.to) >> 1);
  const colour: Rgb = [
    pixels.data[middle * 3] ?? 0,
    pixels.data[middle * 3 + 1] ?? 0,
    pixels.data[middle * 3 + 2] ?? 0,
  ];
  return {
    left: centre(left),
    top: top ? centre(top) : left.from,
    right: right ? centre(right) : bottom.to,
    bottom: centre(bottom),
    spines: { left: true, bottom: true, top: top !== undefined, right: right !== undefined },
    thickness: bottom.last - bottom.first,
    colour,
  };
}

function isGrey(data: Uint8Array, pixel: number): boolean {
  const [r, g, b] = [data[pixel * 3] ?? 0, data[pixel * 3 + 1] ?? 0, data[pixel * 3 + 2] ?? 0];
  return Math.max(r, g, b) - Math.min(r, g, b) < 50;
}
