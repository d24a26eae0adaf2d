import * as z from 'zod';

/** `batch`: paper, section 3.2. `constant`, `negative-sum`: the repository's chart/svg and table scripts. */
export const Normaliser = z.enum(['constant', 'batch', 'negative-sum']);
export type Normaliser = z.infer<typeof Normaliser>;

/** What a reward is computed from. */
export interface Outcome {
  /** The code rendered to an honest picture that is not blank. */
  readonly rendered: boolean;
  /** Sum of severities; null when the critic gave no usable critique. Meaningless unless `rendered`. */
  readonly severitySum: number | null;
}

/** An unparsable critique counts as this severity sum, never as zero (repository, chart and svg). */
export const UNPARSABLE_SEVERITY = 25;
const EPSILON = 1e-6;

/** 0 when nothing rendered, else 1 + clip(1 - S/scale, 0, 1). Range 0 to 2. */
export function constantReward({ rendered, severitySum }: Outcome, scale = 50): number {
  if (!rendered) return 0;
  return 1 + clip(1 - (severitySum ?? UNPARSABLE_SEVERITY) / scale);
}

/**
 * r = r_rsr + r_verm over a batch: r_verm = clip(1 - S / (max S of the batch + eps), 0, 1); code that did
 * not render has neither part. Without a usable critique r_verm is 0. Range 0 to 2, order kept.
 */
export function batchRewards(outcomes: readonly Outcome[]): number[] {
  const sums = outcomes.flatMap(({ rendered, severitySum }) =>
    rendered && severitySum !== null ? [severitySum] : [],
  );
  const largest = sums.reduce((max, sum) => Math.max(max, sum), 0);
  return outcomes.map(({ rendered, severitySum }) => {
    if (!rendered) return 0;
    return severitySum === null ? 1 : 1 + clip(1 - severitySum / (largest + EPSILON));
  });
}

/** -S; -4 for any failure (repository, table). */
export function negativeSumReward({ rendered, severitySum }: Outcome): number {
  if (!rendered || severitySum === null) return -4;
  return severitySum === 0 ? 0 : -severitySum;
}

/** Rewards of a batch by the named normaliser, order kept. */
export function rewards(normaliser: Normaliser, outcomes: readonly Outcome[]): number[] {
  if (normaliser === 'batch') return batchRewards(outcomes);
  const one = normaliser === 'constant' ? constantReward : negativeSumReward;
  return outcomes.map((outcome) => one(outcome));
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
