import type { Stop } from '../../core/stop.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RunState } from '../state.ts';

/** Asks the stop rules, then whether a budget refused a call, then the strategy, whether the run goes on. */
export function decideNode({ stop, strategy }: Dependencies) {
  return ({ rounds, refused, startedAt }: RunState): { stop: Stop | null } => {
    const stopped = stop({ rounds, elapsed: Date.now() - startedAt }) ?? refused;
    if (stopped) return { stop: stopped };
    if (strategy.next(rounds).length > 0) return { stop: null };
    return {
      stop: { reason: 'round-limit', message: `The strategy "${strategy.name}" makes no further draft.` },
    };
  };
}
