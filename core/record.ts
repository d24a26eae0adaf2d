import * as z from 'zod';
import { BudgetRecord } from './budget.ts';
import { CriticResult } from './critique.ts';
import { Hack, RenderFailure } from './render.ts';
import { Usage } from './usage.ts';

/** Raised when a reader of the version before could misread a record. */
export const RECORD_VERSION = 1;

const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the PNG file, hexadecimal');

/** A render as a record keeps it: the picture by its digest. */
export const RenderedRecord = z.object({
  kind: z.literal('rendered'),
  picture: Digest,
  width: z.int().min(1).describe('pixels'),
  height: z.int().min(1).describe('pixels'),
  hacks: z.array(Hack).describe('ways in which the code fakes likeness instead of drawing'),
});
export type RenderedRecord = z.infer<typeof RenderedRecord>;

export const RenderRecord = z.discriminatedUnion('kind', [RenderedRecord, RenderFailure]);
export type RenderRecord = z.infer<typeof RenderRecord>;

const Milliseconds = z.number().min(0).describe('milliseconds');

export const Round = z.object({
  index: z.int().min(0).describe('position in the record'),
  parent: z
    .int()
    .min(0)
    .nullable()
    .describe('index of the round that this one revises; null for a first draft'),
  step: z.int().min(0).describe('0 for first drafts; rounds of one step were made at the same time'),
  code: z.string(),
  reply: z.string().describe("the generator's whole reply"),
  truncated: z.boolean().describe('the reply was cut off by a length limit'),
  exhausted: z.boolean().describe('the generator said that it has nothing better to propose'),
  confidence: z.number().min(0).max(1).nullable().describe("the generator's own, from evidence"),
  render: RenderRecord,
  critique: CriticResult.nullable().describe(
    'null when the code did not render, or the strategy has no critic',
  ),
  reward: z.number().describe('1 + clip(1 - S/50, 0, 1) when rendered, else 0 (normaliser "constant")'),
  usage: z.object({ generator: Usage, critic: Usage }),
  ms: z.object({ generate: Milliseconds, render: Milliseconds, critique: Milliseconds }),
});
export type Round = z.infer<typeof Round>;

export const StopReason = z.enum([
  'equivalent',
  'round-limit',
  'threshold',
  'stalled',
  'budget-tokens',
  'budget-cost',
  'budget-time',
  'cancelled',
  'failed',
]);
export type StopReason = z.infer<typeof StopReason>;

export const ModelRecord = z.object({
  name: z.string(),
  source: z.enum(['model', 'embedded', 'simulated']),
});

export type ModelRecord = z.infer<typeof ModelRecord>;

export const StrategyRecord = z.object({
  name: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type StrategyRecord = z.infer<typeof StrategyRecord>;

/** All that is known of one run. Holds no keys and no pictures: those are files named by their digests. */
export const RunRecord = z
  .object({
    version: z.literal(RECORD_VERSION),
    id: z.string(),
    verisim: z.string().describe('version of Verisim that wrote the record'),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    input: z.object({
      name: z.string().describe('file name as the user gave it, without folders'),
      picture: Digest,
      width: z.int().min(1),
      height: z.int().min(1),
    }),
    task: z.string(),
    language: z.string(),
    strategy: StrategyRecord,
    generator: ModelRecord,
    critic: ModelRecord.nullable().describe('null when the strategy has none'),
    rounds: z.array(Round),
    best: z
      .int()
      .min(0)
      .nullable()
      .describe(
        'index of the round that is returned, the best one unless the strategy selects the last; null when none rendered',
      ),
    stopReason: StopReason,
    message: z.string().describe('one sentence: why the run stopped'),
    error: z
      .object({ name: z.string(), message: z.string() })
      .nullable()
      .describe('what broke, when the run was ended by an error'),
    totals: z.object({ usage: Usage, milliseconds: Milliseconds }),
    budgets: z.array(BudgetRecord).optional().describe('what was left of each budget that was set'),
  })
  .meta({ title: 'Verisim run record' });
export type RunRecord = z.infer<typeof RunRecord>;
