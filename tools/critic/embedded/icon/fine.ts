import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { ssim } from '../../../image/ssim.ts';

/**
 * Below this structural similarity two pictures differ, though no single place stands out: renders of one
 * drawing by two renderers stay above .985, at two sizes above .955, and with JPEG noise above .65.
 */
const LEAST = { equal: 0.95, resampled: 0.92, noisy: 0.6 } as const;

/** What the tolerant difference is blind to: an error of about a pixel everywhere. */
export function fineDifference(
  reference: Pixels,
  candidate: Pixels,
  { noisy, resampled }: { readonly noisy: boolean; readonly resampled: boolean },
): Discrepancy[] {
  const likeness = ssim(reference, candidate);
  const least = noisy ? LEAST.noisy : resampled ? LEAST.resampled : LEAST.equal;
  if (likeness >= least) return [];
  return [
    {
      category: 'shape_error',
      severity: likeness < least - 0.06 ? 2 : 1,
      location: 'whole picture',
      description: `Outlines lie about a pixel beside where they should in many places (structural similarity ${likeness.toFixed(3)}).`,
      box: [0, 0, 1, 1],
    },
  ];
}
