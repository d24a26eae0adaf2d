import { DatasetError } from '../../../core/errors.ts';
import { isTrace } from '../../../metrics/chartmimic/trace.ts';
import { chartMimicLowLevel } from '../../../metrics/chartmimic-low-level.ts';
import { judgeChart } from '../../judge-chart.ts';
import { codeFiles, type PairMetric, pictureFiles } from '../metric.ts';
import { isFailure, referencePicture } from '../pictures.ts';

export const chartMetrics: readonly PairMetric[] = [
  {
    name: 'chartmimic-low',
    summary: 'texts, layout, types, colours of two charts, 0 to 100',
    candidate: ['py'],
    reference: ['py'],
    worst: 0,
    async score(candidate, reference, { tracer, signal }) {
      const golden = await tracer(await reference.text(), signal);
      if (!isTrace(golden))
        throw new DatasetError(
          `${reference.path} fails: ${golden.message} Nothing can be scored against it.`,
        );
      const generated = await tracer(await candidate.text(), signal);
      return isTrace(generated) ? chartMimicLowLevel(generated, golden) : generated;
    },
  },
  {
    name: 'chartmimic-high',
    summary: 'points that a judge gives a chart (--judge), 0 to 100',
    candidate: [...pictureFiles, ...codeFiles],
    reference: [...pictureFiles, ...codeFiles],
    worst: 0,
    async score(candidate, reference, tools) {
      const judge = await tools.judge();
      const drawn = await candidate.picture();
      if (isFailure(drawn)) return drawn;
      const { score } = await judgeChart(judge, drawn, await referencePicture(reference), tools.signal);
      return score;
    },
  },
];
