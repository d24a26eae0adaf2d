import type { Assignment, Strategy } from '../../core/strategy.ts';
import { type ReviseFrom, revisedOf } from './refine.ts';

/** `count` independent drafts at once; the critic chooses. */
export function bestOfN({ count }: { count: number }): Strategy {
  return {
    name: 'best-of-n',
    settings: { count },
    next: (rounds) => (rounds.length === 0 ? drafts(count) : []),
  };
}

/** `count` independent drafts at once, then revisions of the best of them, one after the other. */
export function bestOfNThenRefine({ count, from = 'last' }: { count: number; from?: ReviseFrom }): Strategy {
  return {
    name: 'best-of-n+refine',
    settings: { count, from },
    next: (rounds) => {
      if (rounds.length === 0) return drafts(count);
      return [{ parent: revisedOf(rounds, rounds.length === count ? 'best' : from) }];
    },
  };
}

function drafts(count: number): Assignment[] {
  return Array.from({ length: count }, () => ({ parent: null }));
}
