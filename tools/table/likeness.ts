import type { Ink } from './ink.ts';
import { linesOf } from './pieces.ts';
import type { StructureCell } from './structure.ts';
import type { Area, Word } from './words.ts';

/** A word as it looks: ink from 0 to 1, capitals of one height. */
interface Shape {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Width of the word in capital heights. */
  readonly wide: number;
}

/** How the text of a cell looks, whatever it says. */
export type CellShape = readonly Shape[];

/** Height of a capital in a shape, in pixels. */
const CAPITAL = 12;

/** The words of a cell in reading order, at one size. */
export function shapeOf(ink: Ink, capHeight: number, { pieces }: Pick<StructureCell, 'pieces'>): CellShape {
  const lines = linesOf(pieces).sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0));
  return lines.flat().flatMap((piece) => piece.words.map((word) => wordShape(ink, capHeight, word)));
}

function wordShape(ink: Ink, capHeight: number, area: Word): Shape {
  const scale = CAPITAL / capHeight;
  const [wide, tall] = [area.right - area.left, area.bottom - area.top];
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(tall * scale));
  return { width, height, data: averaged(ink, area, width, height), wide: wide / capHeight };
}

/** The area at another size by averaging, its fullest ink as 1. */
function averaged(ink: Ink, area: Area, width: number, height: number): Float32Array {
  const data = new Float32Array(width * height);
  let full = 1;
  for (let y = 0; y < height; y++) {
    const [y0, y1] = bounds(y, height, area.top, area.bottom);
    for (let x = 0; x < width; x++) {
      const [x0, x1] = bounds(x, width, area.left, area.right);
      let sum = 0;
      for (let v = y0; v < y1; v++) for (let u = x0; u < x1; u++) sum += ink.plane[v * ink.width + u] ?? 0;
      const mean = sum / ((x1 - x0) * (y1 - y0));
      data[y * width + x] = mean;
      if (mean > full) full = mean;
    }
  }
  return data.map((level) => level / full);
}

function bounds(index: number, count: number, from: number, to: number): [number, number] {
  const start = Math.floor(from + (index * (to - from)) / count);
  return [start, Math.max(start + 1, Math.floor(from + ((index + 1) * (to - from)) / count))];
}

/**
 * How unlike two cells look, 0 to 1, with no reader between: words side by side, each stretched to one width
 * and moved to where they fit best. 1 where one is empty and the other is not.
 */
export function unlikeness(a: CellShape, b: CellShape): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : 1;
  if (a.length !== b.length) return a.length * b.length === 0 ? 1 : compareJoined(a, b);
  let [sum, weight] = [0, 0];
  for (const [index, shape] of a.entries()) {
    const other = b[index];
    if (!other) continue;
    const wide = (shape.wide + other.wide) / 2;
    sum += wide * unlike(shape, other);
    weight += wide;
  }
  return sum / weight;
}

/** Words that are parted differently: all of a cell as one. */
function compareJoined(a: CellShape, b: CellShape): number {
  return unlike(joined(a), joined(b));
}

function joined(shapes: CellShape): Shape {
  const gap = Math.round(0.4 * CAPITAL);
  const width = shapes.reduce((sum, shape) => sum + shape.width, gap * (shapes.length - 1));
  const height = Math.max(...shapes.map((shape) => shape.height));
  const data = new Float32Array(width * height);
  let left = 0;
  for (const shape of shapes) {
    for (let y = 0; y < shape.height; y++)
      data.set(shape.data.subarray(y * shape.width, (y + 1) * shape.width), y * width + left);
    left += shape.width + gap;
  }
  return {
    width,
    height,
    data,
    wide: shapes.reduce((sum, shape) => sum + shape.wide, 0.4 * (shapes.length - 1)),
  };
}

/** 1 - correlation of the two, at the best of a few shifts, and more where their widths differ much. */
function unlike(a: Shape, b: Shape): number {
  const width = Math.max(a.width, b.width);
  const [p, q] = [stretched(a, width), stretched(b, width)];
  let best = -1;
  const range = Math.abs(a.height - b.height) + 2;
  for (let dy = -range; dy <= range; dy++) {
    for (const dx of [-1, 0, 1]) best = Math.max(best, correlation(p, a.height, q, b.height, width, dx, dy));
  }
  const stretch = Math.abs(Math.log(a.wide / b.wide));
  return Math.min(1, Math.max(0, 1 - best) + Math.max(0, stretch - 0.25));
}

function stretched({ width, height, data }: Shape, to: number): Float32Array {
  if (width === to) return data;
  const out = new Float32Array(to * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < to; x++) {
      const at = ((x + 0.5) * width) / to - 0.5;
      const left = Math.min(width - 1, Math.max(0, Math.floor(at)));
      const share = Math.min(1, Math.max(0, at - left));
      const next = data[y * width + Math.min(width - 1, left + 1)] ?? 0;
      out[y * to + x] = (data[y * width + left] ?? 0) * (1 - share) + next * share;
    }
  }
  return out;
}

/** Pearson correlation over where either is, ground counting as 0. */
function correlation(
  p: Float32Array,
  heightP: number,
  q: Float32Array,
  heightQ: number,
  width: number,
  dx: number,
  dy: number,
): number {
  const [top, bottom] = [Math.min(0, dy), Math.max(heightP, heightQ + dy)];
  let [sp, sq, spp, sqq, spq, n] = [0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    const rowP = y >= 0 && y < heightP;
    const rowQ = y - dy >= 0 && y - dy < heightQ;
    for (let x = 0; x < width; x++) {
      const u = x - dx;
      const a = rowP ? (p[y * width + x] ?? 0) : 0;
      const b = rowQ && u >= 0 && u < width ? (q[(y - dy) * width + u] ?? 0) : 0;
      sp += a;
      sq += b;
      spp += a * a;
      sqq += b * b;
      spq += a * b;
      n++;
    }
  }
  const variance = (spp - (sp * sp) / n) * (sqq - (sq * sq) / n);
  return variance <= 0 ? 0 : (spq - (sp * sq) / n) / Math.sqrt(variance);
}
