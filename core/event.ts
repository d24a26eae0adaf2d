import * as z from 'zod';
import { CriticResult } from './critique.ts';
import { ModelRecord, RenderRecord, Round, RunRecord, StrategyRecord } from './record.ts';
import { Usage } from './usage.ts';

const index = z.int().min(0).describe('round, 0 is the first draft');
const ms = z.number().min(0).describe('milliseconds that the stage took');

/**
 * What happens in a run, as it happens. Each run's events begin with run-started and end with run-finished;
 * each round's lie between its round-started and round-finished. The command line, the server, the page and
 * the report consume these and the record, nothing else.
 */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-started'),
    id: z.string(),
    input: RunRecord.shape.input,
    task: z.string(),
    language: z.string(),
    strategy: StrategyRecord,
    generator: ModelRecord,
    critic: ModelRecord.nullable(),
  }),
  z.object({
    type: z.literal('round-started'),
    round: index,
    parent: Round.shape.parent,
    step: Round.shape.step,
  }),
  z.object({ type: z.literal('code-delta'), round: index, text: z.string() }),
  z.object({ type: z.literal('code-generated'), round: index, code: z.string(), usage: Usage, ms }),
  z.object({ type: z.literal('render-finished'), round: index, render: RenderRecord, ms }),
  z.object({ type: z.literal('critique-finished'), round: index, critique: CriticResult, ms }),
  z.object({
    type: z.literal('call-retried'),
    role: z.enum(['generator', 'critic']),
    attempt: z.int().min(1).describe('the attempt that failed, 1 is the first'),
    wait: z.number().min(0).describe('milliseconds until the next attempt'),
    reason: z.string(),
  }),
  z.object({ type: z.literal('round-finished'), round: Round }),
  z.object({ type: z.literal('run-finished'), record: RunRecord }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
