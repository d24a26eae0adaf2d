import type { Round } from '../core/record.ts';
import type { Stop } from '../core/stop.ts';
import type { Dependencies, NodeRuntime } from './dependencies.ts';
import { critiqueNode } from './nodes/critique.ts';
import { generateNode } from './nodes/generate.ts';
import { renderNode } from './nodes/render.ts';
import type { AttemptState } from './state.ts';

/**
 * The stages of `attemptGraph` as one node: the same in all that it does, but neither a tracer nor a checkpointer sees
 * between them. A graph within the graph costs about a millisecond a round, which a batch of thousands feels.
 */
export function attemptTogether(dependencies: Dependencies) {
  const generate = generateNode(dependencies);
  const render = renderNode(dependencies);
  const critique = critiqueNode(dependencies);
  return async (
    state: AttemptState,
    runtime: NodeRuntime,
  ): Promise<{ rounds?: Round; refused?: Stop | null }> => {
    const drafted = await generate(state, runtime);
    if (!('draft' in drafted)) return drafted;
    runtime.signal?.throwIfAborted();
    const { draft, rounds } = await render({ ...state, ...drafted }, runtime);
    if (rounds) return { rounds };
    runtime.signal?.throwIfAborted();
    const { draft: _, ...ended } = await critique({ ...state, draft }, runtime);
    return ended;
  };
}
