import { addUsage } from '../../core/usage.ts';
import type { Interval } from '../bootstrap.ts';
import { markdownTable } from '../table.ts';
import type { CodeBenchmark, ItemResult } from './benchmark.ts';

export interface CodeRun {
  readonly benchmark: CodeBenchmark;
  /** Who made the outputs, for people. */
  readonly by: string;
  readonly results: readonly ItemResult[];
  readonly figures: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly resamples: number;
  readonly seed: number;
}

/** The report in Markdown: the figures with their intervals, then beside published ones where there are any. */
export function codeReport(run: CodeRun): string {
  const { benchmark, by, results, figures, intervals, resamples, seed } = run;
  const failed = results.filter(({ failure }) => failure !== null);
  const rows = benchmark.figures.flatMap(({ key, title, better, decimals }) => {
    const value = figures[key];
    if (value === undefined) return [];
    const interval = intervals[key];
    const text = (number: number) => number.toFixed(decimals);
    return [[title, text(value), interval ? interval.map(text).join(' to ') : '–', better]];
  });
  const clusters = new Set(results.map(({ cluster }) => cluster)).size;
  return [
    `# ${benchmark.title}: ${by}`,
    '',
    `Items: ${results.length}, of which ${failed.length} failed. These count as the worst and stay in every mean.`,
    ...spentOf(results),
    '',
    markdownTable(['figure', 'value', '95 % interval', 'better'], rows),
    clusters < 2
      ? `No intervals: there is but one of the ${benchmark.clusters}.`
      : `Intervals: percentile bootstrap, ${resamples} resamples of ${clusters} ${benchmark.clusters}, seed ${seed}.`,
    ...benchmark.notes.flatMap((note) => ['', note]),
    ...(failed.length > 0 ? ['', ...failuresOf(failed)] : []),
    '',
    ...publishedOf(run),
  ].join('\n');
}

/** Why items failed, the most frequent reasons first. */
function failuresOf(failed: readonly ItemResult[]): string[] {
  const reasons = [...Map.groupBy(failed, ({ failure }) => failure ?? '')].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const lines = reasons
    .slice(0, 5)
    .map(([reason, list]) => `- ${list.length} x ${reason} (${list[0]?.id ?? ''})`);
  const more = reasons.length > 5 ? [`- and ${reasons.length - 5} other reasons, see results.jsonl`] : [];
  return ['Failures:', '', ...lines, ...more];
}

function spentOf(results: readonly ItemResult[]): string[] {
  const runs = results.flatMap(({ run }) => run ?? []);
  if (runs.length === 0) return [];
  const { calls, inputTokens, outputTokens, cost } = addUsage(...runs.map(({ usage }) => usage));
  const rounds = runs.reduce((sum, run) => sum + run.rounds, 0);
  const seconds = runs.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return [
    `${(rounds / runs.length).toFixed(1)} rounds an item; ${calls} model calls, ${inputTokens} tokens in and ${outputTokens} out, $${cost.toFixed(2)}; ${(seconds / runs.length).toFixed(1)} s an item.`,
  ];
}

function publishedOf({ benchmark: { published }, figures }: CodeRun): string[] {
  if (!published) return ['No published figures of this benchmark come with Verisim.', ''];
  const { columns, rows, source } = published;
  const text = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(1) : '–');
  return [
    '## Beside published figures',
    '',
    `Source: ${source}; not measured here.`,
    '',
    markdownTable(
      ['model', ...columns.map(({ title }) => title)],
      [
        ['this run', ...columns.map(({ key }) => text(figures[key]))],
        ...rows.map(({ name, values }) => [name, ...values.map(text)]),
      ],
    ),
  ];
}
