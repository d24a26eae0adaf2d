import * as z from 'zod';
import { constantReward, Normaliser, negativeSumReward, rewards } from '../../../core/reward.ts';
import type { Fault } from './fault.ts';
import { type Judged, outcomeOf } from './judge.ts';

/** How rewards are computed from severities (reference section 3). */
export const Normalising = z.object({
  normaliser: Normaliser.default('constant').describe(
    'constant: 0 not rendered, else 1 + clip(1 - S/scale); batch: the same with the largest S of the request; negative-sum: -S, -4 for a failure',
  ),
  scale: z.coerce.number().positive().default(50).describe('of the normaliser constant'),
});
export type Normalising = z.infer<typeof Normalising>;

/** A reward each, in order; null where there is no verdict on the code. */
export function rewardsOf(
  judged: readonly (Judged | Fault)[],
  { normaliser, scale }: Normalising,
): (number | null)[] {
  const outcomes = judged.map((each) => (each.kind === 'error' ? null : outcomeOf(each)));
  const known = outcomes.filter((outcome) => outcome !== null);
  const values =
    normaliser === 'constant' ? known.map((each) => constantReward(each, scale)) : rewards(normaliser, known);
  let next = 0;
  return outcomes.map((outcome) => (outcome === null ? null : (values[next++] ?? null)));
}

/** What a trainer is told where its protocol has no place for "no verdict": as for code that fails. */
export function failureReward({ normaliser }: Normalising): number {
  const failed = { rendered: false, severitySum: null };
  return normaliser === 'negative-sum' ? negativeSumReward(failed) : 0;
}

/** The reward as a fraction of its range, for trainers that filter by it. */
export function scoreOf(reward: number, { normaliser }: Normalising): number {
  return normaliser === 'negative-sum' ? reward : reward / 2;
}
