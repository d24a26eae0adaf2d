import type { Dependencies, NodeRuntime } from '../dependencies.ts';
import { type Draft, draftOf, type RunState } from '../state.ts';

/** Has the critic compare the reference with the draft's render. Runs only after a render that succeeded. */
export function critiqueNode({ task, critic, pictures }: Dependencies) {
  return async (state: RunState, { signal, writer }: NodeRuntime): Promise<{ draft: Draft }> => {
    const draft = draftOf(state);
    if (draft.render?.kind !== 'rendered') return { draft };
    const started = performance.now();
    const critique = await critic.critique({
      task,
      reference: pictures.get(state.image),
      candidate: pictures.get(draft.render.picture),
      ...(signal && { signal }),
      onRetry: (retry) => writer?.({ type: 'call-retried', role: 'critic', ...retry }),
    });
    const ms = performance.now() - started;
    writer?.({ type: 'critique-finished', round: draft.index, critique, ms });
    return {
      draft: {
        ...draft,
        critique,
        usage: { ...draft.usage, critic: critique.usage },
        ms: { ...draft.ms, critique: ms },
      },
    };
  };
}
