import type { Pixels } from '../tools/image/pixels.ts';
import { meanSquaredError } from './mse.ts';
import type { Score } from './score.ts';

/** Equal pictures have no finite ratio; VLMEvalKit's UniSVG counts them as this many dB, and so do we. */
const EQUAL = 100;

/**
 * Peak signal-to-noise ratio of two pictures of one size, in dB, higher is better; equal pictures count as 100.
 * @throws RangeError when the sizes differ.
 */
export function psnr(candidate: Pixels, reference: Pixels): Score {
  const error = meanSquaredError(candidate, reference);
  const value = error === 0 ? EQUAL : Math.min(EQUAL, 10 * Math.log10(255 ** 2 / error));
  return { value, parts: { mse: error }, explanation: `PSNR ${value.toFixed(2)} dB.` };
}
