import type { Round } from '../../core/record.ts';
import type { Stop } from '../../core/stop.ts';
import { closeDraft } from '../close.ts';
import type { Dependencies, NodeRuntime } from '../dependencies.ts';
import { draftOf, type RunState } from '../state.ts';

/** Ends the round: gives it its reward, and asks the stop rules whether the run goes on. */
export function decideNode({ stop }: Dependencies) {
  return (state: RunState, { writer }: NodeRuntime): { draft: null; rounds: Round; stop: Stop | null } => {
    const round = closeDraft(draftOf(state));
    writer?.({ type: 'round-finished', round });
    const elapsed = Date.now() - state.startedAt;
    return { draft: null, rounds: round, stop: stop({ rounds: [...state.rounds, round], elapsed }) ?? null };
  };
}
