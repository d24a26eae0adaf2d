import type { Pixels } from '../tools/image/pixels.ts';
import { ssim as meanSsim } from '../tools/image/ssim.ts';
import { requireOneSize } from './image/pair.ts';
import type { Score } from './score.ts';

export interface SsimOptions {
  /** Pixels a side: 7 for UniSVG (default), 11 for StarVector. Smaller pictures take the largest odd window. */
  readonly window?: 7 | 11;
}

/**
 * Mean structural similarity of two pictures of one size, -1 to 1 (equal): uniform window, sample covariance, mean of
 * the RGB channels.
 * @throws RangeError when the sizes differ.
 * @see Wang et al., "Image quality assessment", 2004; scikit-image structural_similarity(channel_axis=2)
 */
export function ssim(candidate: Pixels, reference: Pixels, { window = 7 }: SsimOptions = {}): Score {
  requireOneSize(candidate, reference);
  const side = Math.min(candidate.width, candidate.height);
  const fitted = Math.max(3, Math.min(window, side % 2 === 1 ? side : side - 1));
  const value = meanSsim(candidate, reference, fitted);
  return {
    value,
    parts: { window: fitted },
    explanation: `SSIM ${value.toFixed(4)} with a window of ${fitted} pixels.`,
  };
}
