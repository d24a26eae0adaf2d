import { STARVECTOR_SIZE, starVector } from '../../../metrics/starvector.ts';
import { UNISVG_SIZE, uniSvg } from '../../../metrics/unisvg.ts';
import { type Pixels, pixelsOf } from '../../../tools/image/pixels.ts';
import { type PairMetric, pictureFiles, type ScoreFile } from '../metric.ts';
import { isFailure, referencePicture } from '../pictures.ts';

export const svgMetrics: readonly PairMetric[] = [
  {
    name: 'unisvg',
    summary: 'SSIM, LPIPS and CLIP (--lpips, --clip), up to 1',
    candidate: ['svg', ...pictureFiles],
    reference: ['svg', ...pictureFiles],
    worst: 0,
    async score(candidate, reference, tools) {
      const models = { clip: await tools.clip(), lpips: await tools.lpips() };
      const pair = await pairAt(candidate, reference, UNISVG_SIZE);
      return 'kind' in pair ? pair : uniSvg(pair.candidate, pair.reference, models);
    },
  },
  {
    name: 'starvector',
    summary: "StarVector's set; value: DINO, or SSIM without --dino",
    candidate: ['svg'],
    reference: ['svg'],
    worst: 0,
    async score(candidate, reference, tools) {
      const pair = await pairAt(candidate, reference, STARVECTOR_SIZE);
      if ('kind' in pair) return pair;
      const dino = tools.has('dino') ? { dino: await tools.dino() } : {};
      const perceptual = tools.has('lpips') ? { lpips: await tools.lpips() } : {};
      return starVector(
        { code: await candidate.text(), pixels: pair.candidate },
        { code: await reference.text(), pixels: pair.reference },
        { ...dino, ...perceptual },
      );
    },
  },
];

/** Both as squares of this many pixels a side, on white, as the two benchmarks render them. */
async function pairAt(candidate: ScoreFile, reference: ScoreFile, side: number) {
  const size = { width: side, height: side };
  const wanted = await pixelsOf(await referencePicture(reference, size), size);
  const got = await candidate.picture(size);
  if (isFailure(got)) return got;
  const pixels: Pixels = await pixelsOf(got, size);
  return { candidate: pixels, reference: wanted };
}
