import * as z from 'zod';

/** What may be spent; a field left out is no limit. */
export interface BudgetLimits {
  readonly tokens?: number | undefined;
  /** US dollars. */
  readonly cost?: number | undefined;
  /** Seconds. */
  readonly time?: number | undefined;
}

/** One budget of a run, as its record keeps it. */
export const BudgetRecord = z.object({
  scope: z
    .enum(['run', 'batch', 'key'])
    .describe('of this run alone, or shared with the other runs of its batch, or of its key to the service'),
  kind: z.enum(['tokens', 'cost', 'time']).describe('tokens, US dollars or seconds'),
  limit: z.number(),
  left: z
    .number()
    .describe(
      'what was not spent when the run ended; below 0 by no more than one call that took more than expected',
    ),
});
export type BudgetRecord = z.infer<typeof BudgetRecord>;
