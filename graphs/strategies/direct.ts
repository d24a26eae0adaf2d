import type { Strategy } from '../../core/strategy.ts';

/** One draft, never revised: the baseline. */
export function direct(): Strategy {
  return {
    name: 'direct',
    settings: {},
    next: (rounds) => (rounds.length === 0 ? [{ parent: null }] : []),
  };
}
