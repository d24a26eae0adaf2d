import type { Pixels } from './pixels.ts';
import { planeOf, windowMax, windowMin } from './window.ts';

/** Levels that a 3 x 3 window may span and still be calm: flat fills, gradients, faint JPEG ringing. */
const CALM = 24;

/** Share of pixels without an edge nearby: above 0.8 for most icons, 0.3 to 0.7 for photos, 0 for noise. */
export function calmShare(pixels: Pixels): number {
  const green = planeOf(pixels, 1);
  const [min, max] = [windowMin(green, pixels), windowMax(green, pixels)];
  let calm = 0;
  for (let i = 0; i < green.length; i++) if ((max[i] ?? 0) - (min[i] ?? 0) <= CALM) calm++;
  return calm / Math.max(1, green.length);
}
