import type { Pixels } from '../../image/pixels.ts';
import { type Plane, planeOf, windowMax, windowMin } from '../../image/window.ts';

export interface Tolerance {
  /** Levels (0 to 255) by which a channel may leave the other picture's range. */
  readonly levels: number;
  /** Share of the contrast of an edge there by which it may leave that range besides. */
  readonly edge?: number;
  /** Radius of the window whose range counts, in pixels. */
  readonly radius: number;
}

/**
 * How far each pixel lies outside the range of the other picture's window, greatest over channels and over
 * both directions, in levels; 0 where it lies within. Anti-aliasing of another renderer lies within: an edge
 * pixel is a mixture of its neighbours, give or take a part of the contrast where two edges share it.
 */
export function tolerantDifference(a: Pixels, b: Pixels, tolerance: Tolerance): Uint8Array {
  const { radius } = tolerance;
  const excess = new Uint8Array(a.width * a.height);
  for (const channel of [0, 1, 2] as const) {
    const [p, q] = [planeOf(a, channel), planeOf(b, channel)];
    const ranges = [
      { min: windowMin(p, a, radius), max: windowMax(p, a, radius) },
      { min: windowMin(q, a, radius), max: windowMax(q, a, radius) },
    ] as const;
    raise(excess, p, ranges[0], ranges[1], tolerance);
    raise(excess, q, ranges[1], ranges[0], tolerance);
  }
  return excess;
}

interface Range {
  readonly min: Plane;
  readonly max: Plane;
}

function raise(
  excess: Uint8Array,
  plane: Plane,
  own: Range,
  other: Range,
  { levels, edge = 0 }: Tolerance,
): void {
  for (let i = 0; i < excess.length; i++) {
    const value = plane[i] ?? 0;
    const [min, max] = [other.min[i] ?? 0, other.max[i] ?? 0];
    const out = Math.max(value - max, min - value) - levels;
    if (out <= 0) continue;
    const contrast = Math.max(max - min, (own.max[i] ?? 0) - (own.min[i] ?? 0));
    const over = out - edge * contrast;
    if (over > (excess[i] ?? 0)) excess[i] = over;
  }
}
