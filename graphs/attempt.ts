import { END, START, StateGraph } from '@langchain/langgraph';
import type { Dependencies } from './dependencies.ts';
import { critiqueNode } from './nodes/critique.ts';
import { generateNode } from './nodes/generate.ts';
import { renderNode } from './nodes/render.ts';
import { AttemptOutput, AttemptState } from './state.ts';

/**
 * One round: generate -> render -> critique. Code that does not render ends the round: its error is the feedback of
 * whatever revises it. Where a budget refuses the draft, there is no round.
 */
export function attemptGraph(dependencies: Dependencies) {
  return new StateGraph({ state: AttemptState, output: AttemptOutput })
    .addNode('generate', generateNode(dependencies))
    .addNode('render', renderNode(dependencies))
    .addNode('critique', critiqueNode(dependencies))
    .addEdge(START, 'generate')
    .addConditionalEdges('generate', ({ draft }) => (draft ? 'render' : END), ['render', END])
    .addConditionalEdges('render', ({ rounds }) => (rounds ? END : 'critique'), ['critique', END])
    .addEdge('critique', END)
    .compile({ name: 'attempt' });
}
