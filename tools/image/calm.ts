import { noiseLevel } from './noise.ts';
import type { Pixels } from './pixels.ts';
import { bendFor, calmMask } from './segment/calm-regions.ts';

/** Pictures with a smaller calm share are photos or textures: taking them apart tells nothing. */
export const LEAST_CALM = 0.45;

/**
 * Share of pixels through which colour runs on evenly: 0.8 and up for drawings, but for very small ones; below
 * 0.5 for most photos; near 0 for noise.
 */
export function calmShare(pixels: Pixels): number {
  const mask = calmMask(pixels, bendFor(noiseLevel(pixels)));
  return mask.reduce((sum, value) => sum + value, 0) / Math.max(1, mask.length);
}
