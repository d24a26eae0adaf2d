import * as z from 'zod';

/** What one round of a run took, and what it scores. */
const RoundOutcome = z.object({
  step: z.int().min(0),
  rendered: z.boolean(),
  failure: z.string().nullable().describe('how its code failed, e.g. "syntax-error"'),
  severity: z.number().nullable().describe('by the critic that steers; null where it gave none'),
  calls: z.int(),
  tokens: z.number(),
  cost: z.number().describe('US dollars'),
  best: z.int().min(0).nullable().describe('the round that would be returned, were this the last'),
  scores: z
    .record(z.string(), z.number())
    .nullable()
    .describe('by scorer; null where this round would never be returned'),
});
export type RoundOutcome = z.infer<typeof RoundOutcome>;

/** One line of results.jsonl: one picture by one strategy. */
export const Outcome = z.object({
  id: z.string(),
  arm: z.string(),
  picture: z.string(),
  task: z.string(),
  stopReason: z.string(),
  milliseconds: z.number(),
  simulated: z.boolean().describe('a simulated model had a part in it'),
  rounds: z.array(RoundOutcome),
});
export type Outcome = z.infer<typeof Outcome>;

/** What a run has spent and what it would return, at some moment. */
export interface State {
  readonly calls: number;
  readonly tokens: number;
  readonly cost: number;
  /** By scorer; undefined when nothing has rendered. */
  readonly scores: Readonly<Record<string, number>> | undefined;
}

/** How a run stood after each of its rounds. */
export function statesOf({ rounds }: Outcome): State[] {
  let [calls, tokens, cost] = [0, 0, 0];
  return rounds.map((round) => {
    calls += round.calls;
    tokens += round.tokens;
    cost += round.cost;
    const best = round.best === null ? undefined : rounds[round.best];
    return { calls, tokens, cost, scores: best?.scores ?? undefined };
  });
}

const nothing: State = { calls: 0, tokens: 0, cost: 0, scores: undefined };

export function endOf(outcome: Outcome): State {
  return statesOf(outcome).at(-1) ?? nothing;
}

/** How a run stood after this many steps of revision; one that ended before stays as it was. */
export function afterStep(outcome: Outcome, step: number): State {
  const states = statesOf(outcome);
  return states.filter((_, index) => (outcome.rounds[index]?.step ?? 0) <= step).at(-1) ?? nothing;
}

/** How a run stood when it had spent no more than `limit`; its first round it always has. */
export function within(outcome: Outcome, limit: number, spent: (state: State) => number): State {
  const states = statesOf(outcome);
  return states.filter((state, index) => index === 0 || spent(state) <= limit).at(-1) ?? nothing;
}
