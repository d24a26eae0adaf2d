import { bestAssignment } from '../assignment.ts';
import { commonCount } from '../multiset.ts';
import { countedErrors, type ListedError, type RewardBenchItem, typeOf } from './item.ts';
import type { Match, Matching } from './matching.ts';

/** Under this name its results are reported: it is no judge model, and its figures compare with no published ones. */
export const RULE_MATCHER = 'rule:word-overlap';

const YES = 0.5;
const PARTIAL = 0.25;

/**
 * Pairs a critic's errors with the labels without a model: errors of one type whose location and description share
 * words and numbers, by the assignment with the greatest overlap in all. Half the words in common is a yes, a quarter
 * a partial match.
 */
export function ruleMatching(item: RewardBenchItem): Matching {
  const { predicted, golden } = countedErrors(item);
  const words = (errors: readonly ListedError[]) => errors.map(wordsOf);
  const [predictedWords, goldenWords] = [words(predicted), words(golden)];
  const weights = predicted.map((error, i) =>
    golden.map((label, j) =>
      typeOf(error) === typeOf(label) ? overlap(predictedWords[i] ?? [], goldenWords[j] ?? []) : 0,
    ),
  );
  const matches = bestAssignment(weights).flatMap(([i, j]): Match[] => {
    const weight = weights[i]?.[j] ?? 0;
    if (weight < PARTIAL) return [];
    return [{ pred_id: i, gt_id: j, match_level: weight >= YES ? 'yes' : 'partial' }];
  });
  return { matches };
}

function wordsOf(error: ListedError): string[] {
  const { location, description } = error;
  const text = [location, description].filter((part) => typeof part === 'string').join(' ');
  return text.toLowerCase().match(/\d+(?:[.,]\d+)*|\p{L}+/gu) ?? [];
}

/** Dice coefficient of two multisets of words, 0 to 1. */
function overlap(a: readonly string[], b: readonly string[]): number {
  return a.length === 0 || b.length === 0 ? 0 : (2 * commonCount(a, b)) / (a.length + b.length);
}
