import { pearson } from '../../metrics/rewardbench/counts.ts';
import { mean } from '../../metrics/score.ts';
import { labelledSum, type Observation, sumOf } from './observation.ts';

export interface Reliability {
  /** Share of critiques that could be used. */
  readonly usable: number;
  /** Share of undamaged cases with a usable critique in which something was found; null without any. */
  readonly falseAlarms: number | null;
  /** Of pairs of cases of one picture with different labelled sums, the share put in the same order (a tie is half). */
  readonly order: number | null;
  /** Pearson's correlation of labelled and found severity sums over all cases. */
  readonly correlation: number | null;
}

/** @param all every critique; @param plain those of the cases as they are */
export function reliabilityOf(all: readonly Observation[], plain: readonly Observation[]): Reliability {
  const known = plain.flatMap((observation) => {
    const sum = sumOf(observation);
    return sum === undefined
      ? []
      : [{ picture: observation.picture, labelled: labelledSum(observation), sum }];
  });
  const clean = known.filter(({ labelled }) => labelled === 0);
  const pairs = known.flatMap((one, index) =>
    known
      .slice(index + 1)
      .filter(({ picture, labelled }) => picture === one.picture && labelled !== one.labelled)
      .map((other) => {
        const agreed = Math.sign(one.sum - other.sum) * Math.sign(one.labelled - other.labelled);
        return agreed > 0 ? 1 : agreed === 0 ? 0.5 : 0;
      }),
  );
  return {
    usable: mean(all.map((observation) => (sumOf(observation) === undefined ? 0 : 1))),
    falseAlarms: clean.length > 0 ? mean(clean.map(({ sum }) => (sum > 0 ? 1 : 0))) : null,
    order: pairs.length > 0 ? mean(pairs) : null,
    correlation: pearson(known.map(({ labelled, sum }) => [labelled, sum])),
  };
}

export interface Stability {
  /** Cases with a usable critique both as they are and under the probe. */
  readonly cases: number;
  /** Share of them with the same severity sum. */
  readonly same: number;
  /** Mean and largest difference of the severity sums. */
  readonly meanShift: number;
  readonly largestShift: number;
}

/** What a change that should not matter does to the severity sum; null where no case has both critiques. */
export function stabilityOf(plain: readonly Observation[], probed: readonly Observation[]): Stability | null {
  const before = new Map(plain.map((observation) => [observation.case, sumOf(observation)]));
  const shifts = probed.flatMap((observation) => {
    const [was, is] = [before.get(observation.case), sumOf(observation)];
    return was === undefined || is === undefined ? [] : [Math.abs(is - was)];
  });
  if (shifts.length === 0) return null;
  return {
    cases: shifts.length,
    same: mean(shifts.map((shift) => (shift === 0 ? 1 : 0))),
    meanShift: mean(shifts),
    largestShift: Math.max(...shifts),
  };
}
