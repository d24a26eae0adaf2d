import type { RenderFailure } from '../../../core/render.ts';
import { clipSimilarity } from '../../../metrics/clip.ts';
import { dinoScore } from '../../../metrics/dino.ts';
import { pixelPair } from '../../../metrics/image/pair.ts';
import { lpips } from '../../../metrics/lpips.ts';
import { mse } from '../../../metrics/mse.ts';
import { paletteDistance } from '../../../metrics/palette.ts';
import { psnr } from '../../../metrics/psnr.ts';
import type { Score } from '../../../metrics/score.ts';
import { ssim } from '../../../metrics/ssim.ts';
import type { Pixels } from '../../../tools/image/pixels.ts';
import { codeFiles, type PairMetric, pictureFiles, type ScoreFile, type ScoreTools } from '../metric.ts';
import { isFailure, referencePicture } from '../pictures.ts';

/** Of pixels, at the reference's size: what is compared is named first, what a failure counts as last. */
export const pictureMetrics: readonly PairMetric[] = [
  pixelMetric('ssim', 'structural similarity, window of 7 pixels, -1 to 1', 0, (a, b) => ssim(a, b)),
  pixelMetric('ssim-11', 'the same with a window of 11', 0, (a, b) => ssim(a, b, { window: 11 })),
  pixelMetric('mse', 'mean squared error of RGB values, 0 (equal) to 65025', 255 ** 2, mse),
  pixelMetric('psnr', 'signal-to-noise ratio in dB, up to 100 (equal)', 0, psnr),
  pixelMetric('palette', 'CIEDE2000 distance of the palettes, 0 (equal) and up', 100, (a, b) =>
    paletteDistance(a, b),
  ),
  pixelMetric('lpips', 'learned perceptual distance (--lpips), 0 (equal) and up', 1, async (a, b, tools) =>
    lpips(a, b, await tools.lpips()),
  ),
  pixelMetric('clip', 'CLIP similarity (--clip), up to 1', 0, async (a, b, tools) =>
    clipSimilarity(a, b, await tools.clip()),
  ),
  pixelMetric('dino', 'DINO score (--dino), 0 to 1', 0, async (a, b, tools) =>
    dinoScore(a, b, await tools.dino()),
  ),
];

function pixelMetric(
  name: string,
  summary: string,
  worst: number,
  compare: (candidate: Pixels, reference: Pixels, tools: ScoreTools) => Score | Promise<Score>,
): PairMetric {
  return {
    name,
    summary,
    candidate: [...pictureFiles, ...codeFiles],
    reference: [...pictureFiles, ...codeFiles],
    worst,
    async score(candidate, reference, tools) {
      const pair = await pixelsOfPair(candidate, reference);
      return 'kind' in pair ? pair : compare(pair.candidate, pair.reference, tools);
    },
  };
}

async function pixelsOfPair(
  candidate: ScoreFile,
  reference: ScoreFile,
): Promise<{ candidate: Pixels; reference: Pixels } | RenderFailure> {
  const wanted = await referencePicture(reference);
  const { width, height } = wanted;
  const got = await candidate.picture({ width, height });
  if (isFailure(got)) return got;
  const [a, b] = await pixelPair(got, wanted);
  return { candidate: a, reference: b };
}
