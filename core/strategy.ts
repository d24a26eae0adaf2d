import type { Round } from './record.ts';

/** One draft to make: from scratch, or as a revision of a round. */
export interface Assignment {
  /** The round to revise; null for a first draft. */
  readonly parent: Round | null;
}

/**
 * How a run spends its calls: which drafts to make next, given the rounds so far. Drafts of one answer are
 * made at the same time. No draft ends the run; the stop rules may end it before.
 *
 * @example
 * // Two independent drafts, then one revision of the better.
 * const strategy: Strategy = {
 *   name: 'two-then-one',
 *   settings: {},
 *   next: (rounds) => {
 *     if (rounds.length === 0) return [{ parent: null }, { parent: null }];
 *     const best = rounds[bestRound(rounds) ?? 0];
 *     return rounds.length === 2 && best ? [{ parent: best }] : [];
 *   },
 * };
 */
export interface Strategy {
  readonly name: string;
  /** What the record says of how it was set. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** Pure: the same rounds give the same answer. */
  next(rounds: readonly Round[]): readonly Assignment[];
}
