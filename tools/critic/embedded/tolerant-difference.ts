import type { Pixels } from '../../image/pixels.ts';
import { type Plane, planeOf, windowMax, windowMin } from '../../image/window.ts';

export interface Tolerance {
  /** Levels (0 to 255) by which a channel may leave the other picture's range. */
  readonly levels: number;
  /** Radius of the window whose range counts, in pixels. */
  readonly radius: number;
}

/**
 * How far each pixel lies outside the range of the other picture's window, greatest over channels and over
 * both directions, in levels; 0 where it lies within. Anti-aliasing of another renderer lies within: an edge
 * pixel is a mixture of its neighbours.
 */
export function tolerantDifference(a: Pixels, b: Pixels, { levels, radius }: Tolerance): Uint8Array {
  const excess = new Uint8Array(a.width * a.height);
  for (const channel of [0, 1, 2] as const) {
    const [p, q] = [planeOf(a, channel), planeOf(b, channel)];
    raise(excess, p, windowMin(q, a, radius), windowMax(q, a, radius), levels);
    raise(excess, q, windowMin(p, a, radius), windowMax(p, a, radius), levels);
  }
  return excess;
}

function raise(excess: Uint8Array, plane: Plane, min: Plane, max: Plane, levels: number): void {
  for (let i = 0; i < excess.length; i++) {
    const value = plane[i] ?? 0;
    const over = Math.max(value - (max[i] ?? 0), (min[i] ?? 0) - value) - levels;
    if (over > (excess[i] ?? 0)) excess[i] = over;
  }
}
