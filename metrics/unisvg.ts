import type { Pixels } from '../tools/image/pixels.ts';
import { clipSimilarity } from './clip.ts';
import type { VisionModel } from './learned/model.ts';
import { type LpipsModel, lpips } from './lpips.ts';
import type { Score } from './score.ts';
import { ssim } from './ssim.ts';

/** Pixels a side at which both pictures are rendered, on white. */
export const UNISVG_SIZE = 336;

export interface UniSvgModels {
  /** CLIP-L/14@336. */
  readonly clip: VisionModel;
  /** LPIPS with AlexNet. */
  readonly lpips: LpipsModel;
}

/**
 * UniSVG score of a generated SVG, at most 1 (equal): 0.2 SSIM + 0.2 (1 - LPIPS) + 0.6 CLIP similarity.
 * @param candidate undefined where the code did not render, which counts as 0
 * @see Li et al., "UniSVG", 2025
 */
export async function uniSvg(
  candidate: Pixels | undefined,
  reference: Pixels,
  models: UniSvgModels,
): Promise<Score> {
  if (!candidate) return uniSvgScore({ ssim: 0, lpips: 1, clip: 0 });
  const [distance, similarity] = await Promise.all([
    lpips(candidate, reference, models.lpips),
    clipSimilarity(candidate, reference, models.clip),
  ]);
  return uniSvgScore({
    ssim: ssim(candidate, reference).value,
    lpips: distance.value,
    clip: similarity.value,
  });
}

/** The composition alone, of measurements or of their means over a dataset. */
export function uniSvgScore(parts: {
  readonly ssim: number;
  readonly lpips: number;
  readonly clip: number;
}): Score {
  const value = 0.2 * parts.ssim + 0.2 * (1 - parts.lpips) + 0.6 * parts.clip;
  return {
    value,
    parts: { ...parts },
    explanation: `0.2 x SSIM ${parts.ssim.toFixed(3)} + 0.2 x (1 - LPIPS ${parts.lpips.toFixed(3)}) + 0.6 x CLIP ${parts.clip.toFixed(3)}.`,
  };
}
