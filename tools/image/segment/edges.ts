import type { Rgb } from '../ground.ts';
import type { Pixels } from '../pixels.ts';
import { mixtureOf, tripleMixtureOf } from './mixture.ts';
import type { Surface } from './surfaces.ts';

/** Each pixel as a mixture of two surfaces. */
export interface Mixtures {
  /** Surface with the greater share. */
  readonly first: Int32Array;
  /** The other surface; the same as `first` where one colour covers the whole pixel. */
  readonly second: Int32Array;
  /** Share of `first`, 0.5 to 1. */
  readonly share: Float32Array;
  /** Levels that the mixture leaves unexplained (Euclidean over RGB). */
  readonly residual: Float32Array;
}

/** Surfaces farther away than this many pixels have no part in an edge pixel. */
const REACH = 3;
const MOST_LOCALS = 6;

/** Surface of each pixel that is known (calm pixels, seeds of thin strokes), -1 elsewhere; `pure` has no edge in it. */
export interface Known {
  readonly owner: Int32Array;
  readonly pure: Uint8Array;
}

/** A surface near a pixel, in the colour that it has there. */
export interface Local {
  readonly surface: number;
  readonly colour: Rgb;
  /** Square of its distance in pixels. */
  readonly away: number;
}

/** Lists the surfaces near a pixel, nearest first. */
export function localsFinder(
  { width, height, data }: Pixels,
  { owner }: Pick<Known, 'owner'>,
  surfaces: readonly Surface[],
): (pixel: number) => Local[] {
  const offsets: (readonly [number, number])[] = [];
  for (let dy = -REACH; dy <= REACH; dy++) for (let dx = -REACH; dx <= REACH; dx++) offsets.push([dx, dy]);
  offsets.sort(([ax, ay], [bx, by]) => ax * ax + ay * ay - bx * bx - by * by);
  return (pixel) => {
    const locals: Local[] = [];
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (const [dx, dy] of offsets) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const other = pixel + dy * width + dx;
      const surface = owner[other] ?? -1;
      if (surface < 0 || locals.some((local) => local.surface === surface)) continue;
      const found = surfaces[surface];
      if (!found) continue;
      const colour: Rgb =
        found.flat || found.area === 0
          ? found.colour
          : [data[other * 3] ?? 0, data[other * 3 + 1] ?? 0, data[other * 3 + 2] ?? 0];
      locals.push({ surface, colour, away: dx * dx + dy * dy });
      if (locals.length === MOST_LOCALS) break;
    }
    return locals;
  };
}

/** Explains every pixel that is not pure as a mixture of two surfaces near it. */
export function explainEdges(pixels: Pixels, known: Known, surfaces: readonly Surface[]): Mixtures {
  const { data } = pixels;
  const ground = groundSurface(surfaces);
  const n = known.owner.length;
  const first = Int32Array.from(known.owner);
  const second = Int32Array.from(known.owner);
  const share = new Float32Array(n).fill(1);
  const residual = new Float32Array(n);
  const localsAt = localsFinder(pixels, known, surfaces);
  for (let pixel = 0; pixel < n; pixel++) {
    if (known.pure[pixel] !== 0) continue;
    const colour: Rgb = [data[pixel * 3] ?? 0, data[pixel * 3 + 1] ?? 0, data[pixel * 3 + 2] ?? 0];
    const best = explain(colour, localsAt(pixel), ground);
    first[pixel] = best.first;
    second[pixel] = best.second;
    share[pixel] = best.share;
    residual[pixel] = best.residual;
  }
  return { first, second, share, residual };
}

export interface Explanation {
  readonly first: number;
  readonly second: number;
  readonly share: number;
  readonly residual: number;
}

/** A mixture of two colours that leaves less than this many levels needs no third. */
const PLAIN = 4;

/** Surfaces farther away than this have no part where three meet, in square pixels. */
const MEETING = 5;

/** The flat surface of most pixels: it shines through where two edges lie on one another. */
function groundSurface(surfaces: readonly Surface[]): Local | undefined {
  const index = surfaces.reduce((most, { flat, area }, i) => {
    const least = surfaces[most]?.flat ? (surfaces[most]?.area ?? 0) : -1;
    return flat && area > least ? i : most;
  }, 0);
  const found = surfaces[index];
  return found?.flat ? { surface: index, colour: found.colour, away: 0 } : undefined;
}

/** The best mixture of two of some surfaces, or of three where two leave much unexplained. */
export function explain(colour: Rgb, locals: readonly Local[], ground?: Local): Explanation {
  const [only] = locals;
  if (!only) return { first: -1, second: -1, share: 1, residual: 442 };
  let best: Explanation = {
    first: only.surface,
    second: only.surface,
    ...mixtureOf(colour, only.colour, only.colour),
  };
  for (const [i, a] of locals.entries()) {
    for (const b of locals.slice(i + 1)) {
      const { share, residual } = mixtureOf(colour, a.colour, b.colour);
      // A pair farther away must explain the pixel plainly better than a nearer one.
      if (residual < best.residual - 1) best = inOrder(a, b, share, residual);
    }
  }
  if (best.residual <= PLAIN) return best;
  const meeting = locals.filter(({ away }) => away <= MEETING);
  if (meeting.length < 2) return best;
  const shining = ground && !meeting.some(({ surface }) => surface === ground.surface) ? [ground] : [];
  return explainByThree(colour, [...meeting, ...shining], shining.length > 0, best) ?? best;
}

/** @param shining the last of the surfaces is the ground, of which only a smaller part can show */
function explainByThree(
  colour: Rgb,
  locals: readonly Local[],
  shining: boolean,
  best: Explanation,
): Explanation | undefined {
  let found: Explanation | undefined;
  for (const [i, a] of locals.entries()) {
    for (const [j, b] of locals.entries()) {
      if (j <= i) continue;
      for (const c of locals.slice(j + 1)) {
        const triple = tripleMixtureOf(colour, a.colour, b.colour, c.colour);
        if (!triple || triple.residual >= (found ?? best).residual - 2) continue;
        const beneath = shining && c === locals.at(-1);
        if (beneath && triple.shares[2] > SHINING) continue;
        const ranked = (beneath ? [a, b] : [a, b, c])
          .map((local, k) => ({ local, share: triple.shares[k] ?? 0 }))
          .sort((p, q) => q.share - p.share);
        const [most, next] = ranked;
        if (most && next) found = inOrder(most.local, next.local, Math.max(0.5, most.share), triple.residual);
      }
    }
  }
  return found;
}

/** Greatest share of the ground between two edges that cover a pixel in part each: (1 - 1/2) * (1 - 1/2). */
const SHINING = 0.27;

function inOrder(a: Local, b: Local, share: number, residual: number): Explanation {
  return share >= 0.5
    ? { first: a.surface, second: b.surface, share, residual }
    : { first: b.surface, second: a.surface, share: 1 - share, residual };
}
