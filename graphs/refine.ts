import { type BaseCheckpointSaver, END, START, StateGraph } from '@langchain/langgraph';
import type { Dependencies } from './dependencies.ts';
import { critiqueNode } from './nodes/critique.ts';
import { decideNode } from './nodes/decide.ts';
import { generateNode } from './nodes/generate.ts';
import { renderNode } from './nodes/render.ts';
import { RunState } from './state.ts';

/**
 * Reflect and revise (Visual-ERM, section 3.3): generate -> render -> critique -> decide, until a stop rule
 * applies. Code that does not render goes straight to `decide`; its error is the next round's feedback.
 * Stream with `streamMode: 'custom'` for RunEvents.
 */
export function refineGraph(dependencies: Dependencies, checkpointer?: BaseCheckpointSaver) {
  return new StateGraph(RunState)
    .addNode('generate', generateNode(dependencies))
    .addNode('render', renderNode(dependencies))
    .addNode('critique', critiqueNode(dependencies))
    .addNode('decide', decideNode(dependencies))
    .addEdge(START, 'generate')
    .addEdge('generate', 'render')
    .addConditionalEdges(
      'render',
      ({ draft }) => (draft?.render?.kind === 'rendered' ? 'critique' : 'decide'),
      ['critique', 'decide'],
    )
    .addEdge('critique', 'decide')
    .addConditionalEdges('decide', ({ stop }) => (stop ? END : 'generate'), ['generate', END])
    .compile({ name: 'refine', ...(checkpointer && { checkpointer }) });
}
