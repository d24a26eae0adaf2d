import { END, START, StateGraph } from '@langchain/langgraph';
import type { Dependencies } from './dependencies.ts';
import { closeNode } from './nodes/close.ts';
import { critiqueNode } from './nodes/critique.ts';
import { generateNode } from './nodes/generate.ts';
import { renderNode } from './nodes/render.ts';
import { AttemptOutput, AttemptState } from './state.ts';

/**
 * One round: generate -> render -> critique -> close. Code that does not render goes straight to `close`:
 * its error is the feedback of whatever revises it. Where a budget refuses the draft, there is no round.
 */
export function attemptGraph(dependencies: Dependencies) {
  const { critic } = dependencies;
  return new StateGraph({ state: AttemptState, output: AttemptOutput })
    .addNode('generate', generateNode(dependencies))
    .addNode('render', renderNode(dependencies))
    .addNode('critique', critiqueNode(dependencies))
    .addNode('close', closeNode(dependencies))
    .addEdge(START, 'generate')
    .addConditionalEdges('generate', ({ draft }) => (draft ? 'render' : END), ['render', END])
    .addConditionalEdges(
      'render',
      ({ draft }) => (critic && draft?.render?.kind === 'rendered' ? 'critique' : 'close'),
      ['critique', 'close'],
    )
    .addEdge('critique', 'close')
    .addEdge('close', END)
    .compile({ name: 'attempt' });
}
