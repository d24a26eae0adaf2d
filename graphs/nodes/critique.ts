import type { Critic, CriticRequest } from '../../core/critic.ts';
import type { CriticFailure, CriticResult } from '../../core/critique.ts';
import type { BudgetReached } from '../../core/errors.ts';
import type { Round } from '../../core/record.ts';
import type { Stop } from '../../core/stop.ts';
import { noUsage } from '../../core/usage.ts';
import { type Dependencies, emitterOf, type NodeRuntime } from '../dependencies.ts';
import { refusalOf } from '../refusal.ts';
import { type AttemptState, type Draft, draftOf } from '../state.ts';
import { closeRound } from './close.ts';

/** Has the critic compare the reference with the draft's render, and ends the round. Runs only after a render. */
export function critiqueNode(dependencies: Dependencies) {
  const { task, critic, pictures, observer } = dependencies;
  return async (
    state: AttemptState,
    runtime: NodeRuntime,
  ): Promise<{ draft: Draft; rounds?: Round; refused?: Stop }> => {
    const { signal } = runtime;
    const emit = emitterOf(dependencies, runtime);
    const draft = draftOf(state);
    if (!critic || draft.render?.kind !== 'rendered') return { draft };
    const started = performance.now();
    const request: CriticRequest = {
      task,
      reference: pictures.get(state.image),
      candidate: pictures.get(draft.render.picture),
      sample: draft.index,
      ...(signal && { signal }),
      onRetry: (retry) => emit({ type: 'call-retried', role: 'critic', ...retry }),
    };
    const answer = await critic.critique(request).catch(refusalOf);
    const refused = 'stop' in answer ? answer.stop : undefined;
    const critique: CriticResult = 'stop' in answer ? notAsked(critic, answer) : answer;
    const ms = performance.now() - started;
    emit({ type: 'critique-finished', round: draft.index, critique, ms });
    const usage = { ...draft.usage, critic: critique.usage };
    const criticised = { ...draft, critique, usage, ms: { ...draft.ms, critique: ms } };
    observer?.draft(criticised);
    return {
      draft: criticised,
      ...closeRound(dependencies, criticised, runtime),
      ...(refused && { refused }),
    };
  };
}

function notAsked({ name }: Critic, { message }: BudgetReached): CriticFailure {
  return { kind: 'critic-failure', critic: name, reason: message, usage: noUsage };
}
