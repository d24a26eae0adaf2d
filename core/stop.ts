import type { Round, StopReason } from './record.ts';
import { stepsOf } from './steps.ts';
import { addUsage, type Usage } from './usage.ts';

/** What a stop rule looks at: the rounds that ended so far, and the run's age in milliseconds. */
export interface Progress {
  readonly rounds: readonly Round[];
  readonly elapsed: number;
}

export interface Stop {
  readonly reason: StopReason;
  /** One sentence for the user. */
  readonly message: string;
}

/** Says whether a run ends after the round that just ended. Rules compose with `firstOf`. */
export type StopRule = (progress: Progress) => Stop | undefined;

/** The first of the rules that applies, in the order given. */
export function firstOf(...rules: readonly StopRule[]): StopRule {
  return (progress) => {
    for (const rule of rules) {
      const stop = rule(progress);
      if (stop) return stop;
    }
    return undefined;
  };
}

/** Ends when the critic finds no difference (severity sum zero) in an honest render of the last step. */
export const equivalent: StopRule = ({ rounds }) =>
  lowestOf(lastStep(rounds)) === 0
    ? { reason: 'equivalent', message: 'The critic finds no difference from the reference.' }
    : undefined;

/** Ends when the severity sum is at most `severity`. */
export function threshold(severity: number): StopRule {
  return ({ rounds }) => {
    const lowest = lowestOf(lastStep(rounds));
    if (lowest > severity) return undefined;
    return { reason: 'threshold', message: `The severity sum ${lowest} is at most ${severity}.` };
  };
}

/** Ends after this many steps of revision (paper 3.3: 3). Drafts made at the same time are one step. */
export function roundLimit(revisions: number): StopRule {
  return ({ rounds }) =>
    stepsOf(rounds).length > revisions
      ? { reason: 'round-limit', message: `${revisions} revision${revisions === 1 ? '' : 's'} used.` }
      : undefined;
}

/** Ends when the generator itself says that it has nothing better to propose. */
export const exhausted: StopRule = ({ rounds }) => {
  const step = lastStep(rounds);
  return step.length > 0 && step.every((round) => round.exhausted)
    ? { reason: 'stalled', message: 'The generator has no further change to propose.' }
    : undefined;
};

/** Ends when the lowest severity sum has not fallen over this many steps. */
export function stalled(patience: number): StopRule {
  return ({ rounds }) => {
    const sums = stepsOf(rounds).map(lowestOf);
    const before = Math.min(...sums.slice(0, -patience));
    const since = Math.min(...sums.slice(-patience));
    if (sums.length <= patience || since < before || before === Infinity) return undefined;
    return {
      reason: 'stalled',
      message: `The severity sum has not fallen below ${before} over ${patience} round${patience === 1 ? '' : 's'}.`,
    };
  };
}

/** Ends after this many steps in a row whose renders got no usable critique: revising blind only costs. */
export function unscored(patience: number): StopRule {
  return ({ rounds }) => {
    const steps = stepsOf(rounds).slice(-patience);
    const failures = steps.flatMap((step) => {
      const critiques = step.map(({ critique }) => critique);
      const failure = critiques.find((critique) => critique?.kind === 'critic-failure');
      return failure && !critiques.some((critique) => critique?.kind === 'critique') ? [failure] : [];
    });
    const [failure] = failures;
    if (failures.length < patience || failure?.kind !== 'critic-failure') return undefined;
    return {
      reason: 'stalled',
      message: `The critic "${failure.critic}" gave no usable critique in ${patience} rounds in a row (${failure.reason}). The result is unscored.`,
    };
  };
}

export function budgetTokens(limit: number): StopRule {
  return ({ rounds }) => {
    const { inputTokens, outputTokens } = usageOf(rounds);
    return inputTokens + outputTokens >= limit
      ? { reason: 'budget-tokens', message: `${inputTokens + outputTokens} tokens used of ${limit}.` }
      : undefined;
  };
}

/** @param limit US dollars */
export function budgetCost(limit: number): StopRule {
  return ({ rounds }) => {
    const { cost } = usageOf(rounds);
    return cost >= limit
      ? { reason: 'budget-cost', message: `$${cost.toFixed(4)} used of $${limit}.` }
      : undefined;
  };
}

/** @param limit seconds */
export function budgetTime(limit: number): StopRule {
  return ({ elapsed }) =>
    elapsed >= limit * 1000
      ? { reason: 'budget-time', message: `${(elapsed / 1000).toFixed(1)} s used of ${limit} s.` }
      : undefined;
}

/** What all model calls of these rounds consumed. */
export function usageOf(rounds: readonly Round[]): Usage {
  return addUsage(...rounds.flatMap(({ usage }) => [usage.generator, usage.critic]));
}

/** The round's severity sum; undefined when it did not render, its critic failed, or it fakes likeness. */
export function severityOf({ render, critique }: Round): number | undefined {
  if (render.kind !== 'rendered' || render.hacks.length > 0) return undefined;
  return critique?.kind === 'critique' ? critique.severitySum : undefined;
}

function lastStep(rounds: readonly Round[]): readonly Round[] {
  return stepsOf(rounds).at(-1) ?? [];
}

/** The lowest severity sum of a step; Infinity when none of its rounds has one. */
function lowestOf(step: readonly Round[]): number {
  return Math.min(...step.map((round) => severityOf(round) ?? Infinity));
}
