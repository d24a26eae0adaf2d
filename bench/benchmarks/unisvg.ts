import { DatasetError } from '../../core/errors.ts';
import { loadUniSvg } from '../../datasets/unisvg.ts';
import { clipSimilarity } from '../../metrics/clip.ts';
import { lpips } from '../../metrics/lpips.ts';
import { mean } from '../../metrics/score.ts';
import { ssim } from '../../metrics/ssim.ts';
import { UNISVG_SIZE, uniSvgScore } from '../../metrics/unisvg.ts';
import { pixelsOf } from '../../tools/image/pixels.ts';
import type { CodeBenchmark, CodeTools, Scored } from '../code/benchmark.ts';
import { paper } from '../published.ts';

export interface UniSvgOptions {
  readonly file: string;
  readonly images?: string | undefined;
}

const size = { width: UNISVG_SIZE, height: UNISVG_SIZE };

/** UniSVG, pictures to SVG. Without the two learned models there is no UniSVG score, only what can be measured. */
export function uniSvgBench({ file, images }: UniSvgOptions): CodeBenchmark {
  return {
    title: 'UniSVG, picture to SVG',
    clusters: 'pictures',
    figures: [
      { key: 'score', title: 'UniSVG score', better: 'higher', decimals: 1 },
      { key: 'ssim', title: 'SSIM', better: 'higher', decimals: 3 },
      { key: 'lpips', title: 'LPIPS', better: 'lower', decimals: 3 },
      { key: 'clip', title: 'CLIP similarity', better: 'higher', decimals: 3 },
      { key: 'rendered', title: 'rendered (%)', better: 'higher', decimals: 1 },
    ],
    notes: [
      'The UniSVG score (times 100) needs both --lpips and --clip; what was not named is not in the table. Rendered by resvg at 336 x 336, by the authors with CairoSVG.',
    ],
    published: {
      source: `${paper}, SVG score at test time (drafts, then refined with Visual-ERM)`,
      columns: [{ title: 'SVG score', key: 'score' }],
      rows: [
        { name: 'Qwen3-VL-8B', values: [64.2] },
        { name: 'Qwen3-VL-8B, refined with Visual-ERM', values: [65.2] },
        { name: 'its RL policy', values: [69.4] },
        { name: 'its RL policy, refined with Visual-ERM', values: [69.8] },
      ],
    },
    async *items(signal) {
      const samples = loadUniSvg(file, { ...(images && { images }), ...(signal && { signal }) });
      for await (const { id, code: golden, instructions, source, picture } of samples) {
        yield {
          id,
          task: 'svg',
          language: 'svg',
          ...(instructions !== undefined && { instructions }),
          names: [],
          cluster: id,
          picture,
          score: (code, tools) => score(code, golden ?? '', source, tools),
        };
      }
    },
    figuresOf(results) {
      const keys = ['ssim', 'lpips', 'clip'].filter((key) =>
        results.some(({ values }) => values[key] !== undefined),
      );
      const means = Object.fromEntries(
        keys.map((key) => [key, mean(results.map(({ values }) => values[key] ?? 0))]),
      );
      const { ssim: likeness, lpips: distance, clip: similarity } = means;
      const rendered = 100 * mean(results.map(({ failure }) => (failure === null ? 1 : 0)));
      if (likeness === undefined || distance === undefined || similarity === undefined)
        return { ...means, rendered };
      const { value } = uniSvgScore({ ssim: likeness, lpips: distance, clip: similarity });
      return { score: 100 * value, ...means, rendered };
    },
  };
}

async function score(
  code: string | undefined,
  golden: string,
  source: string,
  { verisim, signal, has, lpips: lpipsModel, clip }: CodeTools,
): Promise<Scored> {
  const draw = (svg: string) => verisim.render(svg, { task: 'svg', size, ...(signal && { signal }) });
  const wanted = await draw(golden);
  if (wanted.kind !== 'rendered')
    throw new DatasetError(`${source}: the true SVG does not render: ${wanted.message}`);
  const got = code === undefined ? undefined : await draw(code);
  if (got?.kind !== 'rendered') {
    return {
      values: { ssim: 0, ...(has('lpips') && { lpips: 1 }), ...(has('clip') && { clip: 0 }) },
      failure: got ? `it does not render: ${got.outcome}` : 'there is no output',
    };
  }
  const [a, b] = await Promise.all([pixelsOf(got.picture, size), pixelsOf(wanted.picture, size)]);
  return {
    values: {
      ssim: ssim(a, b).value,
      ...(has('lpips') && { lpips: (await lpips(a, b, await lpipsModel())).value }),
      ...(has('clip') && { clip: (await clipSimilarity(a, b, await clip())).value }),
    },
    failure: null,
  };
}
