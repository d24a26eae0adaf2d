import { tasks } from '../core/tasks/index.ts';
import { type CountedF1, pearson, sumCounts, withF1 } from './rewardbench/counts.ts';
import type { RewardBenchItem } from './rewardbench/item.ts';
import { type Matching, parseJudgeReply } from './rewardbench/matching.ts';
import { type ItemResult, scoreItem } from './rewardbench/score-item.ts';
import type { Score } from './score.ts';

interface Aggregate {
  readonly overall: CountedF1;
  readonly by_type: Readonly<Record<string, CountedF1>>;
}

interface Correlations {
  readonly by_type: Readonly<Record<string, number | null>>;
  readonly total: number | null;
}

/** The benchmark's result, in the field names of the official script's own output; a correlation of NaN is null. */
export interface RewardBenchResult {
  readonly summary: {
    readonly overall: Aggregate;
    readonly by_category: Readonly<Record<string, Aggregate>>;
    readonly severity_correlation: {
      readonly by_category: Readonly<Record<string, Correlations>>;
      readonly overall: { readonly total: number | null };
    };
  };
  readonly per_item_results: readonly ItemResult[];
  /** Items that are in no figure: their matching was missing or could not be read. */
  readonly failed_items: readonly string[];
}

/**
 * Scores a critic on VC-RewardBench from the matching of its errors with the labels: counts are summed over the items
 * of a category (and over all) before F1 is taken; Sc is Pearson's correlation of summed severities.
 * @param matchingOf a judge's reply (text) or a matching; undefined when there is none
 * @see InternLM/Visual-ERM, evaluation/evaluation.py
 */
export function vcRewardBench(
  items: readonly RewardBenchItem[],
  matchingOf: (item: RewardBenchItem) => string | Matching | undefined,
): RewardBenchResult {
  const results: ItemResult[] = [];
  const failed: string[] = [];
  for (const item of items) {
    const answer = matchingOf(item);
    const matching = typeof answer === 'string' ? parseJudgeReply(answer) : answer;
    const result = matching && scoreItem(item, matching);
    if (result) results.push(result);
    else failed.push(item.id);
  }
  const byCategory = tasks.map(({ name, categories }) => ({
    name,
    categories,
    results: results.filter(({ category }) => category === name),
  }));
  const allTypes = [...new Set(tasks.flatMap(({ categories }) => categories))].sort();
  return {
    summary: {
      overall: aggregate(results, allTypes),
      by_category: Object.fromEntries(
        byCategory.map((group) => [group.name, aggregate(group.results, group.categories)]),
      ),
      severity_correlation: {
        by_category: Object.fromEntries(
          byCategory.map((group) => [group.name, correlations(group.results, group.categories)]),
        ),
        overall: { total: correlation(results, '__total__') },
      },
    },
    per_item_results: results,
    failed_items: failed,
  };
}

/** The three published figures as one score: F1h is the value; F1s and Sc are among the parts, all from 0 to 1. */
export function rewardBenchScore({ summary, per_item_results, failed_items }: RewardBenchResult): Score {
  const { overall, by_category, severity_correlation } = summary;
  const { f1_hard, f1_soft } = overall.overall;
  const categories = Object.entries(by_category).flatMap(
    ([
      name,
      {
        overall: { f1_hard: hard, f1_soft: soft },
      },
    ]) => [
      [`${name}.f1Hard`, hard],
      [`${name}.f1Soft`, soft],
      ...severityParts(`${name}.severityCorrelation`, severity_correlation.by_category[name]?.total),
    ],
  );
  return {
    value: f1_hard,
    parts: {
      f1Hard: f1_hard,
      f1Soft: f1_soft,
      ...Object.fromEntries(severityParts('severityCorrelation', severity_correlation.overall.total)),
      ...Object.fromEntries(categories),
      items: per_item_results.length,
      failed: failed_items.length,
    },
    explanation: `F1h ${(100 * f1_hard).toFixed(1)}, F1s ${(100 * f1_soft).toFixed(1)} over ${per_item_results.length} items; ${failed_items.length} left out because their matching could not be read.`,
  };
}

function severityParts(name: string, value: number | null | undefined): [string, number][] {
  return typeof value === 'number' ? [[name, value]] : [];
}

function aggregate(results: readonly ItemResult[], types: readonly string[]): Aggregate {
  const byType = types.flatMap((type): [string, CountedF1][] => {
    const counts = results.flatMap(({ by_type }) => by_type[type] ?? []);
    return counts.length > 0 ? [[type, withF1(sumCounts(counts))]] : [];
  });
  return {
    overall: withF1(sumCounts(results.map(({ overall }) => overall))),
    by_type: Object.fromEntries(byType),
  };
}

function correlations(results: readonly ItemResult[], types: readonly string[]): Correlations {
  return {
    by_type: Object.fromEntries(types.map((type) => [type, correlation(results, type)])),
    total: correlation(results, '__total__'),
  };
}

function correlation(results: readonly ItemResult[], key: string): number | null {
  return pearson(
    results.map(({ severity_pred, severity_gt }) => [severity_pred[key] ?? 0, severity_gt[key] ?? 0]),
  );
}
