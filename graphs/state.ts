import { ReducedValue, StateSchema } from '@langchain/langgraph';
import * as z from 'zod';
import { Round, StopReason } from '../core/record.ts';

/** The round in progress: a Round whose later fields are not known yet. */
export const Draft = Round.omit({ render: true, critique: true, reward: true }).extend({
  render: Round.shape.render.nullable(),
  critique: Round.shape.critique,
});
export type Draft = z.infer<typeof Draft>;

/** Values and picture digests only, so that any checkpointer can keep it. */
export const RunState = new StateSchema({
  task: z.string().describe('name of the task'),
  language: z.string().describe('name of the language'),
  image: z.string().describe('digest of the reference picture'),
  instructions: z.string().default('').describe('further wishes of the user'),
  startedAt: z.number().describe('milliseconds since the epoch'),
  rounds: new ReducedValue(
    z.array(Round).default(() => []),
    {
      inputSchema: Round,
      reducer: (rounds, round) => [...rounds, round],
    },
  ),
  draft: Draft.nullable().default(null).describe('the round in progress'),
  stop: z
    .object({ reason: StopReason, message: z.string() })
    .nullable()
    .default(null)
    .describe('set once, when the run ends'),
});
export type RunState = typeof RunState.State;

/** @throws Error when a node that needs a draft runs before `generate`: the graph is wired wrongly. */
export function draftOf({ draft }: RunState): Draft {
  if (!draft) throw new Error('No draft in the state: this node runs after "generate".');
  return draft;
}
