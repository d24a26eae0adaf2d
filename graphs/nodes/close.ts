import type { Round } from '../../core/record.ts';
import { closeDraft } from '../close.ts';
import { type Dependencies, emitterOf, type NodeRuntime } from '../dependencies.ts';
import type { Draft } from '../state.ts';

/** Ends the round in its last node: a node of its own would cost each round a step of the graph. */
export function closeRound(
  dependencies: Dependencies,
  draft: Draft,
  runtime: NodeRuntime,
): { rounds: Round } {
  const rounds = closeDraft(draft);
  emitterOf(dependencies, runtime)({ type: 'round-finished', round: rounds });
  return { rounds };
}
