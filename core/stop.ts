import type { Round, StopReason } from './record.ts';
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

/** Ends when the critic finds no difference (severity sum zero) in an honest render. */
export const equivalent: StopRule = ({ rounds }) => {
  const severity = lastSeverity(rounds);
  if (severity !== 0) return undefined;
  return { reason: 'equivalent', message: 'The critic finds no difference from the reference.' };
};

/** Ends when the severity sum is at most `severity`. */
export function threshold(severity: number): StopRule {
  return ({ rounds }) => {
    const last = lastSeverity(rounds);
    if (last === undefined || last > severity) return undefined;
    return { reason: 'threshold', message: `The severity sum ${last} is at most ${severity}.` };
  };
}

/** Ends after this many revisions: `revisions + 1` rounds in all (paper 3.3: 3). */
export function roundLimit(revisions: number): StopRule {
  return ({ rounds }) =>
    rounds.length > revisions
      ? { reason: 'round-limit', message: `${revisions} revision${revisions === 1 ? '' : 's'} used.` }
      : undefined;
}

/** Ends when the generator itself says that it has nothing better to propose. */
export const exhausted: StopRule = ({ rounds }) =>
  rounds.at(-1)?.exhausted
    ? { reason: 'stalled', message: 'The generator has no further change to propose.' }
    : undefined;

/** Ends when the least severity sum has not fallen over this many rounds. */
export function stalled(patience: number): StopRule {
  return ({ rounds }) => {
    const sums = rounds.map(severityOf);
    const before = Math.min(...sums.slice(0, -patience).map((sum) => sum ?? Infinity));
    const since = Math.min(...sums.slice(-patience).map((sum) => sum ?? Infinity));
    if (rounds.length <= patience || since < before || before === Infinity) return undefined;
    return {
      reason: 'stalled',
      message: `The severity sum has not fallen below ${before} over ${patience} round${patience === 1 ? '' : 's'}.`,
    };
  };
}

/** Ends after this many renderable rounds in a row without a usable critique: revising blind only costs. */
export function unscored(patience: number): StopRule {
  return ({ rounds }) => {
    const last = rounds.slice(-patience);
    if (last.length < patience) return undefined;
    const failures = last.flatMap(({ critique }) => (critique?.kind === 'critic-failure' ? [critique] : []));
    const [failure] = failures;
    if (failures.length < patience || !failure) return undefined;
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

function lastSeverity(rounds: readonly Round[]): number | undefined {
  const last = rounds.at(-1);
  return last && severityOf(last);
}
