import * as z from 'zod';
import {
  budgetCost,
  budgetTime,
  budgetTokens,
  equivalent,
  exhausted,
  firstOf,
  roundLimit,
  type StopRule,
  stalled,
  threshold,
  unscored,
} from '../core/stop.ts';
import { tasks } from '../core/tasks/index.ts';

const [first, ...rest] = tasks.map(({ name }) => name);
/** Name of a task that exists. */
export const TaskName = z.enum(first === undefined ? [] : [first, ...rest]);

/**
 * What a user may set for a run, each with its unit and default. The command line's options, the
 * configuration file's keys and the library's options are all made from this one schema.
 */
export const Settings = z.strictObject({
  preset: z
    .enum(['paper'])
    .optional()
    .describe(
      "several settings at once, where they are not given by themselves; paper: as in Visual-ERM's section 3.3",
    ),
  language: z
    .string()
    .optional()
    .describe('language of the code; chart: matplotlib, table: html or markdown, svg: svg'),
  generator: z
    .string()
    .default('embedded')
    .describe('who writes the code: embedded, provider:model, or a name from the configuration'),
  critic: z
    .string()
    .default('embedded')
    .describe('who compares: embedded, provider:model, or a name from the configuration'),
  strategy: z
    .enum(['direct', 'self-refine', 'refine', 'best-of-n', 'best-of-n+refine', 'beam'])
    .default('refine')
    .describe('how the calls are spent'),
  from: z
    .enum(['last', 'best'])
    .default('last')
    .describe('the round that is revised: the newest or the best'),
  drafts: z.int().min(1).max(64).default(4).describe('best-of-n: drafts made at once'),
  beamWidth: z.int().min(1).max(16).default(2).describe('beam: rounds kept a step'),
  beamExpand: z.int().min(1).max(16).default(2).describe('beam: revisions of each kept round'),
  rounds: z.int().min(0).max(100).default(3).describe('most revisions after the first draft'),
  threshold: z.int().min(0).optional().describe('stop once the severity sum is at most this'),
  patience: z.int().min(1).optional().describe('stop after this many rounds without a lower severity sum'),
  feedback: z
    .enum(['full', 'score', 'none'])
    .default('full')
    .describe('what a revision is told of the critique: its list, its severity sum alone, or nothing'),
  history: z
    .enum(['last', 'all'])
    .default('last')
    .describe(
      'whether a revision is also told the drafts that led to the one it revises, and what was said of them',
    ),
  select: z
    .enum(['best', 'last'])
    .default('best')
    .describe(
      'the round that is returned: the best that rendered, or the last that did (as the paper reports)',
    ),
  criticSamples: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe('critiques asked for each round and merged: what at least half of them name counts'),
  showRender: z.boolean().default(false).describe('show the last render to the generator as it revises'),
  budgetTokens: z.int().min(1).optional().describe('stop a run after this many tokens'),
  budgetCost: z.number().positive().optional().describe('stop a run after this many US dollars'),
  budgetTime: z.number().positive().optional().describe('stop a run after this many seconds'),
  instructions: z.string().optional().describe('further wishes, added to what the generator is asked'),
  prompts: z.string().optional().describe('folder whose files replace prompts of the same path'),
});
export type Settings = z.infer<typeof Settings>;

/** Two renderable rounds in a row without a critique are enough to know that the critic cannot help. */
const UNSCORED_ROUNDS = 2;

/** Success first, so that a run whose last allowed round succeeds ends `equivalent`, not `round-limit`. */
export function stopRuleOf(settings: Settings): StopRule {
  const optional = <T>(value: T | undefined, rule: (value: T) => StopRule) =>
    value === undefined ? [] : [rule(value)];
  return firstOf(
    equivalent,
    ...optional(settings.threshold, threshold),
    roundLimit(settings.rounds),
    exhausted,
    unscored(UNSCORED_ROUNDS),
    ...optional(settings.patience, stalled),
    ...optional(settings.budgetTokens, budgetTokens),
    ...optional(settings.budgetCost, budgetCost),
    ...optional(settings.budgetTime, budgetTime),
  );
}
