import type { RenderFailure } from '../core/render.ts';
import type { Score } from './score.ts';

/**
 * Share of programs that render, 0 to 1. Failures stay in the denominator; parts count them by outcome.
 * @param results of every program, in any order
 */
export function executionRate(
  results: readonly ({ readonly kind: 'rendered' } | Pick<RenderFailure, 'kind' | 'outcome'>)[],
): Score {
  const outcomes = results.map((result) => (result.kind === 'rendered' ? 'rendered' : result.outcome));
  const counts = Object.fromEntries(
    [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, list]) => [outcome, list.length]),
  );
  const { rendered = 0 } = counts;
  return {
    value: results.length === 0 ? 0 : rendered / results.length,
    parts: counts,
    explanation: `${rendered} of ${results.length} programs render.`,
  };
}
