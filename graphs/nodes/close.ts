import type { Round } from '../../core/record.ts';
import { closeDraft } from '../close.ts';
import { type Dependencies, emitterOf, type NodeRuntime } from '../dependencies.ts';
import { type AttemptState, draftOf } from '../state.ts';

/** Ends the round: gives it its reward and hands it to the run. */
export function closeNode(dependencies: Dependencies) {
  return (state: AttemptState, runtime: NodeRuntime): { rounds: Round } => {
    const rounds = closeDraft(draftOf(state));
    emitterOf(dependencies, runtime)({ type: 'round-finished', round: rounds });
    return { rounds };
  };
}
