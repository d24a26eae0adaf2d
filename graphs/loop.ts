import { type BaseCheckpointSaver, END, Send, START, StateGraph } from '@langchain/langgraph';
import type { Round } from '../core/record.ts';
import { stepsOf } from '../core/steps.ts';
import { attemptGraph } from './attempt.ts';
import type { Dependencies } from './dependencies.ts';
import { decideNode } from './nodes/decide.ts';
import { RunState } from './state.ts';
import { attemptTogether } from './together.ts';

/**
 * The loop (Visual-ERM, section 3.3): the drafts that the strategy asks for are made at the same time, each
 * in an `attempt` of its own; then `decide` ends the run or the strategy asks again.
 * Stream with `streamMode: 'custom'` and `subgraphs: true` for RunEvents.
 */
export function loopGraph(dependencies: Dependencies, checkpointer?: BaseCheckpointSaver) {
  const { strategy, history = 'last', stages = 'nodes' } = dependencies;
  const dispatch = ({ image, instructions, rounds }: RunState) => {
    const step = stepsOf(rounds).length;
    return strategy.next(rounds).map(({ parent }, i) => {
      const index = rounds.length + i;
      const earlier = history === 'all' ? ancestorsOf(parent, rounds) : [];
      return new Send('attempt', { image, instructions, index, step, parent, earlier });
    });
  };
  return new StateGraph(RunState)
    .addNode('attempt', stages === 'together' ? attemptTogether(dependencies) : attemptGraph(dependencies))
    .addNode('decide', decideNode(dependencies))
    .addConditionalEdges(START, dispatch, ['attempt'])
    .addEdge('attempt', 'decide')
    .addConditionalEdges('decide', (state) => (state.stop ? END : dispatch(state)), ['attempt', END])
    .compile({ name: strategy.name, ...(checkpointer && { checkpointer }) });
}

/** What a round was made from, and that from, and so on; oldest first. */
function ancestorsOf(round: Round | null, rounds: readonly Round[]): Round[] {
  const parent = round === null || round.parent === null ? undefined : rounds[round.parent];
  return parent ? [...ancestorsOf(parent, rounds), parent] : [];
}
