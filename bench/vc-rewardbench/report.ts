import { RULE_MATCHER } from '../../metrics/rewardbench/rule-matcher.ts';
import { mean } from '../../metrics/score.ts';
import type { RewardBenchResult } from '../../metrics/vc-rewardbench.ts';
import { paper, rewardBenchPublished } from '../published.ts';
import { markdownTable } from '../table.ts';

export interface RewardBenchRun {
  /** The critic, or the file of predictions. */
  readonly critic: string;
  /** The judge model, or the rule matcher's name. */
  readonly judge: string;
  readonly result: RewardBenchResult;
  /** Items whose critic gave nothing usable: they count as no predictions. */
  readonly unusable: number;
}

/** The report in Markdown: the figures by category and type, then beside the published ones. */
export function rewardBenchReport({ critic, judge, result, unusable }: RewardBenchRun): string {
  const { summary, per_item_results: items, failed_items: failed } = result;
  const { by_category, overall, severity_correlation: sc } = summary;
  const rule = judge === RULE_MATCHER;
  const present = Object.entries(by_category).flatMap(([name, { overall: counts, by_type }]) => {
    const count = items.filter(({ category }) => category === name).length;
    const correlations = sc.by_category[name];
    return count === 0 ? [] : [{ name, counts, by_type, count, correlations }];
  });
  const byCategory = present.map(({ name, counts, count, correlations }) => [
    name,
    percent(counts.f1_hard),
    percent(counts.f1_soft),
    percent(correlations?.total),
    String(count),
  ]);
  const average = [
    percent(mean(present.map(({ counts }) => counts.f1_hard))),
    percent(mean(present.map(({ counts }) => counts.f1_soft))),
    percent(meanOfKnown(present.map(({ correlations }) => correlations?.total))),
  ];
  const all = [percent(overall.overall.f1_hard), percent(overall.overall.f1_soft), percent(sc.overall.total)];
  const types = present.flatMap(({ name, by_type, correlations }) =>
    Object.entries(by_type).map(([type, { f1_hard, f1_soft, tp_hard, fp, fn }]) => [
      name,
      type,
      percent(f1_hard),
      percent(f1_soft),
      percent(correlations?.by_type[type]),
      String(tp_hard),
      String(fp),
      String(fn),
    ]),
  );
  const published = rewardBenchPublished.map(
    ({ name, figures: { f1h = 0, f1s = 0, sc: correlation = 0 } }) => [
      name,
      f1h.toFixed(1),
      f1s.toFixed(1),
      correlation.toFixed(1),
    ],
  );
  const figures = ['F1h', 'F1s', 'Sc'];
  return [
    `# VC-RewardBench: ${critic}`,
    '',
    `Matched by ${judge}. ${items.length} items scored${failed.length > 0 ? `; ${failed.length} left out, since their matching cannot be read` : ''}${unusable > 0 ? `; on ${unusable} the critic gave nothing usable, which counts as no predictions` : ''}.`,
    ...(rule ? ['', RULE_NOTE] : []),
    '',
    markdownTable(
      ['category', ...figures, 'items'],
      [
        ...byCategory,
        ['mean of the categories', ...average, String(items.length)],
        ['all items', ...all, String(items.length)],
      ],
    ),
    markdownTable(['category', 'type', ...figures, 'hits', 'alarms', 'misses'], types),
    `## Beside published averages`,
    '',
    `Source: ${paper}; not measured here.`,
    '',
    markdownTable(
      ['critic', ...figures],
      [
        [`this run${rule ? ' (rule matcher)' : ''}, mean of the categories`, ...average],
        [`this run${rule ? ' (rule matcher)' : ''}, all items`, ...all],
        ...published,
      ],
    ),
  ].join('\n');
}

const RULE_NOTE =
  '**No judge model took part**: errors were matched by a rule on the words that they\nshare. These figures compare with each other, not with published ones.';

function percent(value: number | null | undefined): string {
  return typeof value === 'number' ? (100 * value).toFixed(1) : '–';
}

function meanOfKnown(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => typeof value === 'number');
  return known.length > 0 ? mean(known) : undefined;
}
