import { DatasetError } from '../../core/errors.ts';
import { type ChartMimicSample, type ChartMimicTask, loadChartMimic } from '../../datasets/chartmimic.ts';
import { isTrace } from '../../metrics/chartmimic/trace.ts';
import { chartMimicLowLevel } from '../../metrics/chartmimic-low-level.ts';
import { mean } from '../../metrics/score.ts';
import type { CodeBenchmark, CodeTools, Figure, ItemResult, Scored } from '../code/benchmark.ts';
import { judgeChart } from '../judge-chart.ts';
import { paper } from '../published.ts';

export interface ChartMimicOptions {
  readonly root: string;
  readonly parts: readonly ChartMimicTask[];
  /** The judge's name; undefined: there are no high-level scores, and so no overall ones. */
  readonly judge: string | undefined;
  /** As the field's script where a fix of ours changes a value. */
  readonly referenceCompatible: boolean;
}

/** ChartMimic, its direct part, its customized part, or both. */
export function chartMimic({ root, parts, judge, referenceCompatible }: ChartMimicOptions): CodeBenchmark {
  return {
    title: 'ChartMimic',
    clusters: 'charts',
    figures: [
      ...parts.flatMap(figuresOfPart),
      { key: 'average', title: 'average of the two overall', better: 'higher', decimals: 1 },
    ],
    notes: [
      judge === undefined
        ? 'Overall is the mean of low and high level. High level needs a judge model (--judge), so it is left out.'
        : `High level is judged by ${judge}, with a prompt of our own: it compares with published figures as far as the judges do.`,
    ],
    published: {
      source: `${paper}, test-time refinement on ChartMimic (overall)`,
      columns: [
        { title: 'Direct', key: 'direct.overall' },
        { title: 'Customized', key: 'customized.overall' },
        { title: 'Average', key: 'average' },
      ],
      rows: [
        { name: 'Qwen3-VL-8B', values: [67.7, 71.6, 69.6] },
        { name: 'Qwen3-VL-8B, self-reflection', values: [61.9, 69.5, 65.7] },
        { name: 'Qwen3-VL-8B, Visual-ERM, 3 rounds', values: [75.6, 79.5, 77.6] },
        { name: 'its RL policy', values: [79.5, 76.5, 78.0] },
        { name: 'its RL policy, self-reflection', values: [null, null, 76.1] },
        { name: 'its RL policy, Visual-ERM, 3 rounds', values: [null, null, 81.1] },
      ],
    },
    async *items(signal) {
      for (const task of parts) {
        for await (const sample of loadChartMimic(root, { task, ...(signal && { signal }) })) {
          const { id, instructions, picture } = sample;
          yield {
            id,
            task: 'chart',
            language: 'matplotlib',
            ...(instructions !== undefined && { instructions }),
            // Outputs of one part alone need no folder of that part.
            names: parts.length === 1 ? [id.slice(id.indexOf('/') + 1)] : [],
            cluster: `${task}/${id}`,
            picture,
            score: (code, tools) => score(code, sample, tools, judge !== undefined, referenceCompatible),
          };
        }
      }
    },
    figuresOf: (results) => {
      const found = Object.fromEntries(parts.flatMap((part) => Object.entries(valuesOfPart(part, results))));
      const overall = parts.flatMap((part) => found[`${part}.overall`] ?? []);
      return parts.length === 2 && overall.length === 2 ? { ...found, average: mean(overall) } : found;
    },
  };
}

const keys = ['overall', 'low', 'high', 'text', 'layout', 'type', 'color', 'executed'] as const;
const titles: Readonly<Record<(typeof keys)[number], string>> = {
  overall: 'overall',
  low: 'low level',
  high: 'high level',
  text: 'text F1',
  layout: 'layout F1',
  type: 'type F1',
  color: 'color F1',
  executed: 'executed (%)',
};

function figuresOfPart(part: ChartMimicTask): Figure[] {
  return keys.map((key) => ({
    key: `${part}.${key}`,
    title: `${part}: ${titles[key]}`,
    better: 'higher' as const,
    decimals: 1 as const,
  }));
}

function valuesOfPart(part: ChartMimicTask, results: readonly ItemResult[]): Record<string, number> {
  const own = results.filter(({ cluster }) => cluster.startsWith(`${part}/`));
  // A resample may hold nothing of one part.
  if (own.length === 0) return {};
  const average = (key: string) => mean(own.map(({ values }) => values[key] ?? 0));
  const measured = ['low', 'text', 'layout', 'type', 'color'].map((key) => [`${part}.${key}`, average(key)]);
  const executed = 100 * mean(own.map(({ failure }) => (failure === null ? 1 : 0)));
  const judged = own.every(({ values }) => values['high'] !== undefined);
  return {
    ...Object.fromEntries(measured),
    ...(judged && {
      [`${part}.high`]: average('high'),
      [`${part}.overall`]: (average('low') + average('high')) / 2,
    }),
    [`${part}.executed`]: executed,
  };
}

async function score(
  code: string | undefined,
  sample: ChartMimicSample,
  { tracer, verisim, judge, signal }: CodeTools,
  judged: boolean,
  referenceCompatible: boolean,
): Promise<Scored> {
  const failed = (failure: string): Scored => ({
    values: { low: 0, text: 0, layout: 0, type: 0, color: 0, ...(judged && { high: 0 }) },
    failure,
  });
  if (code === undefined) return failed('there is no output');
  const golden = await tracer(sample.code, signal);
  if (!isTrace(golden))
    throw new DatasetError(`${sample.source}: the golden program fails: ${golden.message}`);
  const program = programOf(code, sample.data);
  const traced = await tracer(program, signal);
  if (!isTrace(traced)) return failed(`the program fails: ${traced.outcome}`);
  const graph = sample.groups['type'] === 'graph';
  const { value, parts } = chartMimicLowLevel(traced, golden, { referenceCompatible, graph });
  const f1 = (name: string) => 100 * (parts[`${name}.f1`] ?? 0);
  const values = { low: value, text: f1('text'), layout: f1('layout'), type: f1('type'), color: f1('color') };
  if (!judged) return { values, failure: null };
  const drawn = await verisim.render(program, { task: 'chart', ...(signal && { signal }) });
  if (drawn.kind !== 'rendered')
    return { values: { ...values, high: 0 }, failure: `no picture: ${drawn.outcome}` };
  const { score: high } = await judgeChart(
    await judge(),
    drawn.picture,
    await sample.goldenPicture(),
    signal,
  );
  return { values: { ...values, high: high.value }, failure: null };
}

/** The customized task's data stands before the code, and may itself need what its program imported. */
function programOf(code: string, data: string | undefined): string {
  return data === undefined ? code : `import matplotlib.pyplot as plt\nimport numpy as np\n${data}\n${code}`;
}
