import type { Pixels } from '../tools/image/pixels.ts';
import { requireOneSize } from './image/pair.ts';
import type { Score } from './score.ts';

/**
 * Mean squared error over all RGB values in 0..255 of two pictures of one size: 0 (equal) to 65,025, lower is better.
 * @throws RangeError when the sizes differ.
 */
export function mse(candidate: Pixels, reference: Pixels): Score {
  const value = meanSquaredError(candidate, reference);
  return { value, parts: {}, explanation: `Mean squared error ${value.toFixed(2)} of RGB values in 0..255.` };
}

export function meanSquaredError(candidate: Pixels, reference: Pixels): number {
  requireOneSize(candidate, reference);
  let sum = 0;
  for (let i = 0; i < reference.data.length; i++) {
    sum += ((candidate.data[i] ?? 0) - (reference.data[i] ?? 0)) ** 2;
  }
  return sum / reference.data.length;
}
