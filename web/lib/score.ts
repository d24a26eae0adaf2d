import type { Discrepancy } from '../../core/discrepancy.ts';
import type { LiveRound } from '../../core/live.ts';
import { severityOf } from '../../core/stop.ts';

/** What a round counts for. Only `scored` has a number: nothing else may ever be drawn as zero. */
export type Score =
  | { readonly kind: 'scored'; readonly severity: number }
  | { readonly kind: 'open' | 'failed' | 'unscored' | 'faked' };

export function scoreOf(round: LiveRound): Score {
  if (round.stage !== 'finished') return { kind: 'open' };
  if (round.render.kind !== 'rendered') return { kind: 'failed' };
  if (round.render.hacks.length > 0) return { kind: 'faked' };
  const severity = severityOf(round);
  return severity === undefined ? { kind: 'unscored' } : { kind: 'scored', severity };
}

const stageWords = { generate: 'writing code', render: 'rendering', critique: 'criticising', finished: '' };

/** `severity 4`, `did not render`, … */
export function scoreWords(round: LiveRound): string {
  const score = scoreOf(round);
  switch (score.kind) {
    case 'scored':
      return `severity ${score.severity}`;
    case 'failed':
      return 'did not render';
    case 'unscored':
      return round.critique ? 'unscored' : 'no critic';
    case 'faked':
      return 'fakes likeness';
    case 'open':
      return stageWords[round.stage];
  }
}

/** A discrepancy with its number on the page: 1 is the most severe, equals keep the critic's order. */
export interface Finding extends Discrepancy {
  readonly number: number;
}

export function findingsOf({ critique }: LiveRound): Finding[] {
  if (critique?.kind !== 'critique') return [];
  return [...critique.discrepancies]
    .sort((a, b) => b.severity - a.severity)
    .map((discrepancy, index) => ({ ...discrepancy, number: index + 1 }));
}
