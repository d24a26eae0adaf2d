import { bestRound } from '../../core/guard.ts';
import type { Round } from '../../core/record.ts';
import { stepsOf } from '../../core/steps.ts';
import type { Strategy } from '../../core/strategy.ts';

/**
 * Beam search: `width` times `expand` drafts at first; then, step by step, the best `width` rounds of the last
 * step are each revised `expand` times.
 */
export function beam({ width, expand }: { width: number; expand: number }): Strategy {
  return {
    name: 'beam',
    settings: { width, expand },
    next(rounds) {
      const step = stepsOf(rounds).at(-1);
      const parents = step ? bestOf(step, width) : Array.from({ length: width }, () => null);
      return parents.flatMap((parent) => Array.from({ length: expand }, () => ({ parent })));
    },
  };
}

/** The best rounds by the guard's order; ones that did not render fill up, newest last. */
function bestOf(rounds: readonly Round[], count: number): Round[] {
  const left = [...rounds];
  const chosen: Round[] = [];
  while (chosen.length < count && left.length > 0) {
    const best = bestRound(left);
    const at = Math.max(
      0,
      left.findIndex(({ index }) => index === best),
    );
    chosen.push(...left.splice(at, 1));
  }
  return chosen;
}
