import type { Picture } from '../core/picture.ts';
import type { ImageLimit } from '../core/task.ts';
import type { Usage } from '../core/usage.ts';
import { chartMimicHighLevel } from '../metrics/chartmimic-high-level.ts';
import type { Score } from '../metrics/score.ts';
import { dataUrlOf } from '../tools/image/encode.ts';
import { type Judge, judgeSampling } from './judge.ts';

const limit: ImageLimit = { maxSide: 1024, format: 'png' };

/** ChartMimic's high-level score of a drawn chart: the original is shown first, then the reproduction. */
export async function judgeChart(
  { model, prompts }: Judge,
  candidate: Picture,
  reference: Picture,
  signal?: AbortSignal,
): Promise<{ score: Score; reply: string; usage: Usage }> {
  const dataUrls = await Promise.all([reference, candidate].map((picture) => dataUrlOf(picture, limit)));
  const { text, usage } = await model.complete({
    parts: [
      ...dataUrls.map((dataUrl) => ({ type: 'image' as const, dataUrl })),
      { type: 'text', text: prompts.fill('judge/chartmimic') },
    ],
    sampling: judgeSampling,
    ...(signal && { signal }),
  });
  return { score: chartMimicHighLevel(text), reply: text, usage };
}
