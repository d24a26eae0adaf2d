import { type CountedF1, withF1 } from './counts.ts';
import {
  allowedTypes,
  countedErrors,
  type ListedError,
  type RewardBenchItem,
  severityOf,
  typeOf,
} from './item.ts';
import { keptMatches, type Match, type Matching, unmatched } from './matching.ts';

/** One item's result, in the field names of the official script's own output. */
export interface ItemResult {
  readonly id: string;
  readonly idx?: number | string | undefined;
  readonly category: string;
  readonly counts: {
    readonly pred_error_num: number;
    readonly gt_error_num: number;
    readonly match_num: number;
  };
  readonly matches: readonly Match[];
  readonly overall: CountedF1;
  readonly by_type: Readonly<Record<string, CountedF1>>;
  /** Summed severities by type, and in all under `__total__`. */
  readonly severity_pred: Readonly<Record<string, number>>;
  readonly severity_gt: Readonly<Record<string, number>>;
}

/**
 * Scores one item. Undefined when the matching names a left-over place that no list has, or the category is unknown:
 * the official script cannot score such an item either, and lists it as failed.
 */
export function scoreItem(item: RewardBenchItem, matching: Matching): ItemResult | undefined {
  const types = allowedTypes(item.category);
  if (!types) return undefined;
  const { predicted, golden } = countedErrors(item);
  const matches = keptMatches(matching, predicted.length, golden.length);
  const usedPredicted = matches.map(({ pred_id }) => pred_id);
  const usedGolden = matches.map(({ gt_id }) => gt_id);
  const alarms = unmatched(matching.unmatched_pred, usedPredicted, predicted.length).map((at) =>
    predicted.at(at),
  );
  const misses = unmatched(matching.unmatched_gt, usedGolden, golden.length).map((at) => golden.at(at));
  if ([...alarms, ...misses].includes(undefined)) return undefined;

  const countsOf = (wanted?: string) => {
    const isOf = (error: ListedError | undefined) =>
      error !== undefined && (wanted === undefined || typeOf(error) === wanted);
    const hits = matches.filter(({ pred_id }) => isOf(predicted[pred_id]));
    const yes = hits.filter(({ match_level }) => match_level === 'yes').length;
    return withF1({
      tp_hard: yes,
      tp_soft: yes + (hits.length - yes) / 2,
      fp: alarms.filter(isOf).length,
      fn: misses.filter(isOf).length,
    });
  };
  return {
    id: item.id,
    ...(item.idx !== undefined && { idx: item.idx }),
    category: item.category,
    counts: { pred_error_num: predicted.length, gt_error_num: golden.length, match_num: matches.length },
    matches,
    overall: countsOf(),
    by_type: Object.fromEntries(types.map((type) => [type, countsOf(type)])),
    severity_pred: severities(types, predicted),
    severity_gt: severities(types, golden),
  };
}

function severities(types: readonly string[], errors: readonly ListedError[]): Record<string, number> {
  const sums = types.map((type): [string, number] => [
    type,
    errors.filter((error) => typeOf(error) === type).reduce((sum, error) => sum + severityOf(error), 0),
  ]);
  return { ...Object.fromEntries(sums), __total__: sums.reduce((total, [, sum]) => total + sum, 0) };
}
