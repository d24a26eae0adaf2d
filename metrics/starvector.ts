import type { Pixels } from '../tools/image/pixels.ts';
import { codeLength } from './code-length.ts';
import { dinoScore } from './dino.ts';
import type { VisionModel } from './learned/model.ts';
import { type LpipsModel, lpips } from './lpips.ts';
import { meanSquaredError } from './mse.ts';
import type { Score } from './score.ts';
import { ssim } from './ssim.ts';

/** Pixels a side at which both pictures are rendered, on white. */
export const STARVECTOR_SIZE = 224;

/** A generated or true SVG: its code and its render. */
export interface SvgSample {
  readonly code: string;
  readonly pixels: Pixels;
}

/** What is given is measured; of a model that is not there, no number is given. */
export interface StarVectorModels {
  /** DINOv2 base. */
  readonly dino?: VisionModel;
  /** LPIPS with VGG. */
  readonly lpips?: LpipsModel;
}

/**
 * StarVector's set for image to SVG: parts `mse` (of values in 0..1), `ssim` (window 11), `lengthDifference`
 * (characters more than the true code), and with their models `lpips` and `dino`. The value is the DINO score, on which
 * its authors rank, or SSIM where there is no DINO model; the explanation says which.
 * @see Rodriguez et al., "StarVector", CVPR 2025; starvector/metrics
 */
export async function starVector(
  candidate: SvgSample,
  reference: SvgSample,
  models: StarVectorModels = {},
): Promise<Score> {
  const [a, b] = [candidate.pixels, reference.pixels];
  const likeness = ssim(a, b, { window: 11 }).value;
  const dino = models.dino && (await dinoScore(a, b, models.dino)).value;
  const distance = models.lpips && (await lpips(a, b, models.lpips)).value;
  return {
    value: dino ?? likeness,
    parts: {
      mse: meanSquaredError(a, b) / 255 ** 2,
      ssim: likeness,
      lengthDifference: codeLength(candidate.code).value - codeLength(reference.code).value,
      ...(distance !== undefined && { lpips: distance }),
      ...(dino !== undefined && { dino }),
    },
    explanation:
      dino === undefined
        ? `SSIM ${likeness.toFixed(4)}, for want of a DINO model.`
        : `DINO score ${dino.toFixed(4)}.`,
  };
}
