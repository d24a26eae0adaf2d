import { ReducedValue, StateSchema } from '@langchain/langgraph';
import * as z from 'zod';
import { Round, StopReason } from '../core/record.ts';

/** The round in progress: a Round whose later fields are not known yet. */
export const Draft = Round.omit({ render: true, critique: true, reward: true }).extend({
  render: Round.shape.render.nullable(),
  critique: Round.shape.critique,
});
export type Draft = z.infer<typeof Draft>;

const Stop = z.object({ reason: StopReason, message: z.string() });
const image = z.string().describe('digest of the reference picture');
const instructions = z.string().default('').describe('further wishes of the user');

/** A run. Values and picture digests only, so that any checkpointer can keep it. */
export const RunState = new StateSchema({
  image,
  instructions,
  startedAt: z.number().describe('milliseconds since the epoch'),
  rounds: new ReducedValue(
    z.array(Round).default(() => []),
    {
      // None from a draft that a budget refused.
      inputSchema: Round.optional(),
      // Drafts that are made at the same time end in any order.
      reducer: (rounds, round) => (round ? [...rounds, round].sort((a, b) => a.index - b.index) : rounds),
    },
  ),
  refused: new ReducedValue(
    Stop.nullable().default(() => null),
    { inputSchema: Stop.nullable(), reducer: (before, now) => before ?? now },
  ),
  stop: Stop.nullable().default(null).describe('set once, when the run ends'),
});
export type RunState = typeof RunState.State;

/** One round of a run, from nothing to a finished round. */
export const AttemptState = new StateSchema({
  image,
  instructions,
  index: z.int().min(0).describe('index that the round will have'),
  step: z.int().min(0).describe('how often drafts were made before'),
  parent: Round.nullable().describe('the round that is revised'),
  earlier: z
    .array(Round)
    .default([])
    .describe('the rounds that led to it, oldest first, where they are told'),
  draft: Draft.nullable().default(null).describe('the round in progress'),
  rounds: Round.optional().describe(
    'the finished round, handed to the run; none where the draft was refused',
  ),
  refused: Stop.nullable().default(null).describe('the budget that a call would have broken'),
});
export type AttemptState = typeof AttemptState.State;
export const AttemptOutput = new StateSchema({
  rounds: Round.optional(),
  refused: Stop.nullable().default(null),
});

/** @throws Error when a node that needs a draft runs before `generate`: the graph is wired wrongly. */
export function draftOf({ draft }: AttemptState): Draft {
  if (!draft) throw new Error('No draft in the state: this node runs after "generate".');
  return draft;
}
