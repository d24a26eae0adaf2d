import type { Ink } from './ink.ts';
import type { Area } from './words.ts';

/** A word where it stands, with the size of the letters around it. */
export interface Inked {
  readonly ink: Ink;
  readonly area: Area;
  /** Height of a capital, in pixels. */
  readonly capHeight: number;
}

/** How far a word, drawn in the same font, covers another. */
export interface Cover {
  /** Widths over each other, as a logarithm: 0 for the same width in capital heights. */
  readonly ratio: number;
  /** How unlike the two look where they differ most, over the width of a letter: 0 for the same, 1 for other letters. */
  readonly worst: number;
  /** Width of the word seen, in capital heights. */
  readonly wide: number;
}

/** Height of a capital at which words are compared, in pixels. */
const CAPITAL = 14;
/** Width of the window that must agree, in capital heights: that of a narrow letter. */
const WINDOW = 0.55;
/** Steps up and down, and to either side, that a word may be off by, in pixels at that size. */
const [UP, ASIDE] = [2, 3];

/** Lays a drawn word over one of a picture, stretched to its width, where the two agree best. */
export function coverOf(seen: Inked, drawn: Inked): Cover {
  const wide = (one: Inked) => (one.area.right - one.area.left) / one.capHeight;
  const [a, b] = [wide(seen), wide(drawn)];
  const width = Math.max(2, Math.round(a * CAPITAL));
  const [p, q] = [rasterOf(seen, width, 0), rasterOf(drawn, width, ASIDE)];
  return { ratio: Math.log(a / b), worst: worstOf(p, q), wide: a };
}

interface Raster {
  readonly width: number;
  readonly data: Float32Array;
  /** Pixels of ground at either side. */
  readonly margin: number;
}

/** Rows of a raster: room for accents above and for what hangs below. */
const ROWS = 2 * CAPITAL;

/** The word at `width` pixels, its foot at a place that depends on nothing but its box. */
function rasterOf({ ink, area, capHeight }: Inked, width: number, margin: number): Raster {
  const all = width + 2 * margin;
  const data = new Float32Array(all * ROWS);
  const [stepX, stepY] = [(area.right - area.left) / width, capHeight / CAPITAL];
  const middle = (area.top + area.bottom) / 2;
  let full = 1;
  for (let v = 0; v < ROWS; v++) {
    const top = middle + (v - ROWS / 2) * stepY;
    for (let u = 0; u < all; u++) {
      const left = area.left + (u - margin) * stepX;
      const level = meanOf(ink, area, left, left + stepX, top, top + stepY);
      data[v * all + u] = level;
      if (level > full) full = level;
    }
  }
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) / full;
  return { width: all, data, margin };
}

/** Mean ink of a rectangle whose sides lie between pixels; what lies outside the word does not count. */
function meanOf(ink: Ink, area: Area, x0: number, x1: number, y0: number, y1: number): number {
  let sum = 0;
  for (let y = Math.max(area.top, Math.floor(y0)); y < Math.min(area.bottom, Math.ceil(y1)); y++) {
    const high = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.max(area.left, Math.floor(x0)); x < Math.min(area.right, Math.ceil(x1)); x++)
      sum += high * (Math.min(x + 1, x1) - Math.max(x, x0)) * (ink.plane[y * ink.width + x] ?? 0);
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

/**
 * Squared difference over squared ink, in the window where that is largest. Each window may be moved for itself: what
 * letters stand a part of a pixel apart hangs on the renderer.
 */
function worstOf(p: Raster, q: Raster): number {
  const reach = Math.min(p.width, Math.round(WINDOW * CAPITAL));
  const least = new Float64Array(p.width - reach + 1).fill(1);
  for (let dy = -UP; dy <= UP; dy++)
    for (let dx = -ASIDE; dx <= ASIDE; dx++)
      unlikeAt(p, q, dx, dy, reach).forEach((one, from) => {
        least[from] = Math.min(least[from] ?? 1, one);
      });
  return Math.max(...least);
}

function unlikeAt(p: Raster, q: Raster, dx: number, dy: number, reach: number): Float64Array {
  const [differs, inked] = [new Float64Array(p.width), new Float64Array(p.width)];
  for (let v = 0; v < ROWS; v++) {
    const w = v + dy;
    for (let u = 0; u < p.width; u++) {
      const a = p.data[v * p.width + u] ?? 0;
      const b = w < 0 || w >= ROWS ? 0 : (q.data[w * q.width + u + q.margin + dx] ?? 0);
      differs[u] = (differs[u] ?? 0) + (a - b) ** 2;
      inked[u] = (inked[u] ?? 0) + a * a + b * b;
    }
  }
  const usual = inked.reduce((sum, one) => sum + one, 0) / p.width;
  const unlike = new Float64Array(p.width - reach + 1);
  for (let from = 0; from < unlike.length; from++) {
    let [off, on] = [0, 0];
    for (let u = from; u < from + reach; u++) {
      off += differs[u] ?? 0;
      on += inked[u] ?? 0;
    }
    unlike[from] = off / Math.max(on, 0.6 * usual * reach);
  }
  return unlike;
}
