import sharp from 'sharp';
import type { Box } from '../../../../core/discrepancy.ts';
import type { Picture } from '../../../../core/picture.ts';
import type { Area } from '../../../chart/model.ts';
import { groundOf, unlike } from '../../../image/ground.ts';
import { noiseLevel } from '../../../image/noise.ts';
import { fitWithin, type Pixels, pixelsOf, type Size } from '../../../image/pixels.ts';

/** Whether two pictures differ anywhere in a box of the reference (fractions), noise and resampling aside. */
export type Differs = (box: Box) => boolean;

const MAX_PIXELS = 1_500_000;
/** Levels from the ground at which a pixel is ink. */
const INK = 40;
/** Pictures whose sides' ratios differ by more are not the same picture at another size. */
const STRETCH = 0.012;
/** Pixels a side of the tiles that are compared, and from one to the next: about a letter. */
const TILE = 16;
const STEP = 8;
/** A tile differs where its pixels are this far apart (root mean square) in levels, plus this much for each level of noise, */
const LEVELS = 1.5;
const A_LEVEL = 1;
/** and by this share of what they vary themselves: another size makes other pixels of thin lines. */
const SHARE = { equal: 0.35, resampled: 0.5 } as const;
/** Above this share of differing tiles the pictures are laid out otherwise, and pixels say nothing of single places. */
const ELSEWHERE = 0.25;

/**
 * Compares two pictures by their pixels alone, the one laid over the other as a whole or by its ink, so that size,
 * file format and margins make no difference; undefined where they do not fit over each other.
 */
export async function differences(reference: Picture, candidate: Picture): Promise<Differs | undefined> {
  const [a, b] = await Promise.all([wholeOf(reference), wholeOf(candidate)]);
  const noise = Math.max(noiseLevel(a), noiseLevel(b));
  const placements = [
    [rectangle(a), rectangle(b)],
    [inkArea(a), inkArea(b)],
  ] as const;
  let best: { readonly differing: Tiles; readonly area: Area } | undefined;
  for (const [from, to] of placements) {
    if (!sameShape(from, to)) continue;
    const size = smaller(sizeOf(from), sizeOf(to));
    const [p, q] = await Promise.all([cut(a, from, size), cut(b, to, size)]);
    const resampled = from.right - from.left !== to.right - to.left;
    const tolerance = { least: LEVELS + A_LEVEL * noise, share: resampled ? SHARE.resampled : SHARE.equal };
    const differing = compared(p, q, tolerance);
    if (!best || differing.share < best.differing.share) best = { differing, area: from };
  }
  if (!best || best.differing.share > ELSEWHERE) return undefined;
  const { differing, area } = best;
  return ([x, y, width, height]) => {
    const [wide, tall] = [area.right - area.left, area.bottom - area.top];
    return differing.within({
      left: (x * a.width - area.left) / wide,
      top: (y * a.height - area.top) / tall,
      right: ((x + width) * a.width - area.left) / wide,
      bottom: ((y + height) * a.height - area.top) / tall,
    });
  };
}

function wholeOf(picture: Picture): Promise<Pixels> {
  return pixelsOf(picture, fitWithin(picture, MAX_PIXELS));
}

function rectangle({ width, height }: Size): Area {
  return { left: 0, top: 0, right: width, bottom: height };
}

function sizeOf({ left, top, right, bottom }: Area): Size {
  return { width: right - left, height: bottom - top };
}

function smaller(a: Size, b: Size): Size {
  return a.width * a.height <= b.width * b.height ? a : b;
}

function sameShape(a: Area, b: Area): boolean {
  const [p, q] = [sizeOf(a), sizeOf(b)];
  if (Math.min(p.width, p.height, q.width, q.height) < 2 * TILE) return false;
  return Math.abs(Math.log((p.width * q.height) / (p.height * q.width))) < STRETCH;
}

function inkArea(pixels: Pixels): Area {
  const inked = unlike(pixels, groundOf(pixels), INK);
  const area = { left: pixels.width, top: pixels.height, right: 0, bottom: 0 };
  for (const [i, level] of inked.entries()) {
    if (level === 0) continue;
    const [x, y] = [i % pixels.width, Math.floor(i / pixels.width)];
    area.left = Math.min(area.left, x);
    area.right = Math.max(area.right, x + 1);
    area.top = Math.min(area.top, y);
    area.bottom = Math.max(area.bottom, y + 1);
  }
  return area;
}

/** A part of a picture at a size, a little blurred, so that where between two pixels an edge lies counts little. */
async function cut({ width, height, data }: Pixels, area: Area, size: Size): Promise<Pixels> {
  const part = { left: area.left, top: area.top, ...sizeOf(area) };
  const { data: out, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract(part)
    .resize({ width: size.width, height: size.height, fit: 'fill', kernel: 'linear' })
    .blur()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: out };
}

interface Tiles {
  /** Of all tiles, those that differ. */
  readonly share: number;
  /** Whether one that differs lies at least in part within an area (fractions). */
  within(area: Area): boolean;
}

interface Tolerance {
  /** Levels. */
  readonly least: number;
  /** Of what a tile varies. */
  readonly share: number;
}

function compared(a: Pixels, b: Pixels, tolerance: Tolerance): Tiles {
  const columns = Math.floor((a.width - TILE) / STEP) + 1;
  const rows = Math.floor((a.height - TILE) / STEP) + 1;
  const differing = new Uint8Array(columns * rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!differs(a, b, column * STEP, row * STEP, tolerance)) continue;
      differing[row * columns + column] = 1;
      count++;
    }
  }
  return {
    share: count / Math.max(1, columns * rows),
    within({ left, top, right, bottom }) {
      const first = (share: number, side: number) => Math.max(0, Math.floor((share * side - TILE) / STEP));
      const last = (share: number, side: number, most: number) =>
        Math.min(most - 1, Math.ceil((share * side) / STEP));
      for (let row = first(top, a.height); row <= last(bottom, a.height, rows); row++) {
        for (let column = first(left, a.width); column <= last(right, a.width, columns); column++)
          if (differing[row * columns + column] === 1) return true;
      }
      return false;
    },
  };
}

/** Whether two tiles differ wherever within a pixel they are laid. */
function differs(a: Pixels, b: Pixels, left: number, top: number, { least, share }: Tolerance): boolean {
  for (const [dx, dy] of SHIFTS) {
    const { apart, varied } = tileDistance(a, b, left, top, dx, dy);
    if (apart <= Math.max(least, share * varied)) return false;
  }
  return true;
}

const SHIFTS = [0, 1, -1].flatMap((dy) => [0, 1, -1].map((dx) => [dx, dy] as const));

/** How far apart two tiles are, and how much the first varies: root mean squares over channels, in levels. */
function tileDistance(a: Pixels, b: Pixels, left: number, top: number, dx: number, dy: number) {
  let [apart, varied] = [0, 0];
  const n = TILE * TILE;
  for (const c of [0, 1, 2]) {
    let [sum, squares] = [0, 0];
    for (let y = top; y < top + TILE; y++) {
      const v = Math.min(b.height - 1, Math.max(0, y + dy));
      for (let x = left; x < left + TILE; x++) {
        const u = Math.min(b.width - 1, Math.max(0, x + dx));
        const p = a.data[(y * a.width + x) * 3 + c] ?? 0;
        const q = b.data[(v * b.width + u) * 3 + c] ?? 0;
        apart += (p - q) ** 2;
        sum += p;
        squares += p * p;
      }
    }
    varied += squares - (sum * sum) / n;
  }
  return { apart: Math.sqrt(apart / (3 * n)), varied: Math.sqrt(Math.max(0, varied) / (3 * n)) };
}
