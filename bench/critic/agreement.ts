import type { Box, Discrepancy } from '../../core/discrepancy.ts';
import { mean } from '../../metrics/score.ts';
import { type Observation, sumOf } from './observation.ts';

/** How a critic takes damages that were done one at a time. Shares are of all cases, unusable critiques included. */
export interface Agreement {
  readonly cases: number;
  /** Something was found. */
  readonly found: number;
  /** Something of the label's category was found. */
  readonly named: number;
  /** What was found of that category has, at its gravest, the label's severity. */
  readonly graded: number;
  /** Mean of that severity, over the cases that were named; null without any. */
  readonly severity: number | null;
  /** A box of what was found overlaps the label's, of the cases whose label has a box; null without any. */
  readonly placed: number | null;
}

/** @param observations of cases with exactly one damage */
export function agreementOf(observations: readonly Observation[]): Agreement {
  const taken = observations.flatMap((observation) => {
    const [label] = observation.labels;
    if (!label) return [];
    const found = observation.result.kind === 'critique' ? observation.result.discrepancies : [];
    const severities = found
      .filter(({ category }) => category === label.category)
      .map(({ severity }) => severity);
    const gravest = severities.length > 0 ? Math.max(...severities) : null;
    const { box } = label;
    return [
      {
        found: (sumOf(observation) ?? 0) > 0,
        named: gravest !== null,
        graded: gravest === label.severity,
        gravest,
        placed: box ? found.some((discrepancy) => overlaps(discrepancy, box)) : null,
      },
    ];
  });
  const share = (list: readonly boolean[]) => mean(list.map(Number));
  const severities = taken.flatMap(({ gravest }) => gravest ?? []);
  const placed = taken.flatMap(({ placed: here }) => here ?? []);
  return {
    cases: taken.length,
    found: share(taken.map(({ found }) => found)),
    named: share(taken.map(({ named }) => named)),
    graded: share(taken.map(({ graded }) => graded)),
    severity: severities.length > 0 ? mean(severities) : null,
    placed: placed.length > 0 ? share(placed) : null,
  };
}

function overlaps({ box }: Discrepancy, [x, y, width, height]: Box): boolean {
  if (!box) return false;
  const [left, top, wide, high] = box;
  return left < x + width && x < left + wide && top < y + height && y < top + high;
}
