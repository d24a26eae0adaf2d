import { bestRound } from '../../core/guard.ts';
import type { Round } from '../../core/record.ts';
import type { Strategy } from '../../core/strategy.ts';

/** Which round is revised: the newest, as in the paper, or the best so far. */
export type ReviseFrom = 'last' | 'best';

/** Reflect and revise: one draft, then one revision after the other, until a stop rule applies. */
export function refine({ from = 'last' }: { from?: ReviseFrom } = {}): Strategy {
  return {
    name: 'refine',
    settings: { from },
    next: (rounds) => [{ parent: revisedOf(rounds, from) }],
  };
}

/** Null when there is no round yet. While none rendered, "best" is the newest too. */
export function revisedOf(rounds: readonly Round[], from: ReviseFrom): Round | null {
  const best = from === 'best' ? bestRound(rounds) : null;
  return (best === null ? rounds.at(-1) : rounds[best]) ?? null;
}
