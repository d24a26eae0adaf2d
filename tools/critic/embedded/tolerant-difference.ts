import type { Pixels, Size } from '../../image/pixels.ts';
import { type Plane, planeOf, windowMax, windowMin } from '../../image/window.ts';

export interface Tolerance {
  /** Levels (0 to 255) by which a channel may leave the other picture's range. */
  readonly levels: number;
  /** Share of the contrast of an edge there by which it may leave that range besides. */
  readonly edge?: number;
}

/** Each channel of a picture, with the range of its values around each pixel. */
export interface Ranges {
  readonly size: Size;
  readonly channels: readonly Range[];
}

interface Range {
  readonly plane: Plane;
  readonly min: Plane;
  readonly max: Plane;
}

/** @param radius of the window whose range counts, in pixels */
export function rangesOf(picture: Pixels, radius: number): Ranges {
  const channels = ([0, 1, 2] as const).map((channel): Range => {
    const plane = planeOf(picture, channel);
    return { plane, min: windowMin(plane, picture, radius), max: windowMax(plane, picture, radius) };
  });
  return { size: picture, channels };
}

/**
 * How far each pixel lies outside the range of the other picture's window, greatest over channels and over
 * both directions, in levels; 0 where it lies within. Anti-aliasing of another renderer lies within: an edge
 * pixel is a mixture of its neighbours, give or take a part of the contrast where two edges share it.
 */
export function tolerantDifference(
  a: Pixels,
  b: Pixels,
  { radius, ...tolerance }: Tolerance & { readonly radius: number },
): Uint8Array {
  return rangeDifference(rangesOf(a, radius), rangesOf(b, radius), tolerance);
}

/** The same of ranges that are at hand: a reference has many candidates. */
export function rangeDifference(a: Ranges, b: Ranges, tolerance: Tolerance): Uint8Array {
  const excess = new Uint8Array(a.size.width * a.size.height);
  for (const [channel, p] of a.channels.entries()) {
    const q = b.channels[channel];
    if (!q) continue;
    raise(excess, p, q, tolerance);
    raise(excess, q, p, tolerance);
  }
  return excess;
}

function raise(excess: Uint8Array, own: Range, other: Range, { levels, edge = 0 }: Tolerance): void {
  for (let i = 0; i < excess.length; i++) {
    const value = own.plane[i] ?? 0;
    const [min, max] = [other.min[i] ?? 0, other.max[i] ?? 0];
    const out = Math.max(value - max, min - value) - levels;
    if (out <= 0) continue;
    const contrast = Math.max(max - min, (own.max[i] ?? 0) - (own.min[i] ?? 0));
    const over = out - edge * contrast;
    if (over > (excess[i] ?? 0)) excess[i] = over;
  }
}
