import type { Rgb } from './ground.ts';
import type { Pixels } from './pixels.ts';
import { near } from './segment/surfaces.ts';
import { type Plane, planeOf, windowMax, windowMin } from './window.ts';

/** Pixels that a kernel's lobes reach from an edge, at the size to which it reduced the picture. */
const REACH = 3;
/** A flat colour is looked for this far away: the lobes lie between it and the edge. */
const SEARCH = 4;
/** Levels within which a 3 x 3 window is of one colour: rounding, and what lobes far away leave. */
const FLAT = 2;
/** Share of an edge's height by which a kernel overshoots beside it: .05 for bicubic, .1 to .13 for Lanczos. */
const OVERSHOOT = 0.14;
/** The same for the lobe after that, which leans to the other side. */
const UNDERSHOOT = 0.05;
/** Share of the pixels around edges that overshoot: above .02 in reduced drawings, below .016 in drawn ones. */
const RUNG = 0.02;
/** Levels of an edge whose overshoot can be told from rounding. */
const EDGE = 56;
/** Share of an edge's height that is a bold overshoot, seen on both of its sides if a kernel made it. */
const BOLD = 0.06;
/** Flat colours of the whole picture: of how many pixels, how many at most, and how many `times` as common as those
 * within some `levels`. */
const PALETTE = { pixels: 12, colours: 32, times: 3, levels: 6 } as const;

/**
 * Takes away the halo that Lanczos and bicubic kernels leave around edges when a drawing is reduced: a pixel that
 * is no farther from the flat colour beside it than the edges near it ring gets that colour. Pictures without
 * halos are returned as they are.
 */
export function withoutRinging(pixels: Pixels): Pixels {
  const { width, height, data } = pixels;
  const planes = ([0, 1, 2] as const).map((channel) => planeOf(pixels, channel));
  const flat = flatMask(pixels, planes);
  const palette = paletteOf(pixels, flat);
  const ranges = planes.map((plane) => ({
    min: windowMin(plane, pixels, REACH),
    max: windowMax(plane, pixels, REACH),
  }));
  const colourAt = (i: number): Rgb => [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0];
  /** How the edges around a pixel stand above and below a colour, and how far the pixel is off it. */
  const sidesAt = (pixel: number, colour: Rgb) =>
    ranges.map(({ min, max }, channel) => {
      const own = colour[channel] ?? 0;
      const off = (data[pixel * 3 + channel] ?? 0) - own;
      return { own, below: own - (min[pixel] ?? 0), above: (max[pixel] ?? 0) - own, off };
    });
  const out = Uint8Array.from(data);
  let [rung, all] = [0, 0];
  const sides = { light: { bold: 0, could: 0 }, dark: { bold: 0, could: 0 } };
  for (let pixel = 0; pixel < flat.length; pixel++) {
    if (flat[pixel] !== 0) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    let found: Rgb | undefined;
    let bordering = false;
    for (const [dx, dy] of offsets) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const other = pixel + dy * width + dx;
      if (flat[other] === 0) continue;
      bordering = true;
      const colour = colourAt(other);
      if (!sidesAt(pixel, colour).every(isRinging)) continue;
      found = colour;
      break;
    }
    if (bordering) all++;
    found ??= palette.find((colour) => {
      const around = sidesAt(pixel, colour);
      return around.every(isRinging) && around.every(isOneSided);
    });
    if (!found) continue;
    out.set(found, pixel * 3);
    if (!bordering) continue;
    const around = sidesAt(pixel, found);
    if (around.some(isBeyond)) rung++;
    for (const name of ['light', 'dark'] as const) {
      const seen = around.filter((side) => couldOvershoot(side, name));
      if (seen.length > 0) sides[name].could++;
      if (seen.some((side) => isBeyond(side) && isBold(side))) sides[name].bold++;
    }
  }
  return rung > RUNG * all && !isDrawn(sides, all) ? { width, height, data: out } : pixels;
}

interface Side {
  /** Pixels that overshoot boldly, of those that could. */
  readonly bold: number;
  readonly could: number;
}

/** A pale line that was drawn around a dark shape looks like an overshoot, but on one side of the edge alone. */
function isDrawn({ light, dark }: Readonly<Record<'light' | 'dark', Side>>, all: number): boolean {
  const isAlone = (side: Side, other: Side) =>
    side.bold > 0.1 * side.could && other.could > 0.05 * all && other.bold < 0.02 * other.could;
  return isAlone(light, dark) || isAlone(dark, light);
}

interface Beside {
  readonly own: number;
  readonly below: number;
  readonly above: number;
  readonly off: number;
}

function isRinging({ below, above, off }: Beside): boolean {
  return (
    off <= FLAT + OVERSHOOT * below + UNDERSHOOT * above &&
    -off <= FLAT + OVERSHOOT * above + UNDERSHOOT * below
  );
}

/** The colour is one side of the edge, not a step on the way from one to the other. */
function isOneSided({ below, above }: Beside): boolean {
  return Math.min(below, above) <= FLAT + OVERSHOOT * Math.max(below, above);
}

/** The colour is the light (or dark) side of an edge, and white (or black) does not cut off what goes beyond. */
function couldOvershoot({ own, below, above }: Beside, side: 'light' | 'dark'): boolean {
  return side === 'light'
    ? below > EDGE && below > above && 255 - own > OVERSHOOT * below
    : above > EDGE && above > below && own > OVERSHOOT * above;
}

function isBold({ below, above, off }: Beside): boolean {
  return Math.abs(off) > BOLD * Math.max(below, above);
}

/** Away from the edge, where no mixture of its two sides lies. */
function isBeyond({ below, above, off }: Beside): boolean {
  return below > above ? off > FLAT : off < -FLAT;
}

/** Non-zero where the 3 x 3 window is of one colour. */
function flatMask(pixels: Pixels, planes: readonly Plane[]): Uint8Array {
  const mask = new Uint8Array(pixels.width * pixels.height).fill(1);
  for (const plane of planes) {
    const [min, max] = [windowMin(plane, pixels), windowMax(plane, pixels)];
    for (let i = 0; i < mask.length; i++) if ((max[i] ?? 0) - (min[i] ?? 0) > FLAT) mask[i] = 0;
  }
  return mask;
}

/** The colours of the flat places, those of most pixels first; a gradient's colours, all as common, are left out. */
function paletteOf({ data }: Pixels, flat: Uint8Array): Rgb[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < flat.length; i++) {
    if (flat[i] === 0) continue;
    const key = ((data[i * 3] ?? 0) << 16) | ((data[i * 3 + 1] ?? 0) << 8) | (data[i * 3 + 2] ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const common = [...counts]
    .filter(([, count]) => count >= PALETTE.pixels)
    .sort(([, a], [, b]) => b - a)
    .slice(0, PALETTE.colours)
    .map(([key, count]) => ({ colour: [key >> 16, (key >> 8) & 255, key & 255] as const, count }));
  return common
    .filter((one) => common.every((other) => other === one || standsOut(one, other)))
    .map(({ colour }) => colour);
}

interface Common {
  readonly colour: Rgb;
  readonly count: number;
}

function standsOut({ colour, count }: Common, other: Common): boolean {
  return count > PALETTE.times * other.count || !near(colour, other.colour, PALETTE.levels);
}

/** Steps to the pixels around one, the nearest first. */
const offsets = Array.from({ length: (2 * SEARCH + 1) ** 2 }, (_, i) => {
  const [dx, dy] = [(i % (2 * SEARCH + 1)) - SEARCH, Math.floor(i / (2 * SEARCH + 1)) - SEARCH];
  return [dx, dy] as const;
}).sort(([ax, ay], [bx, by]) => ax * ax + ay * ay - bx * bx - by * by);
