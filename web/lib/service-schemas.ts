import * as z from 'zod';
import { RunRecord, StopReason } from '../../core/record.ts';

/** What the page reads of the service's replies (docs/service.md). */
export const Options = z.object({
  tasks: z.array(z.object({ name: z.string(), languages: z.array(z.string()) })).min(1),
  generators: z.array(z.string()),
  critics: z.array(z.string()),
  strategies: z.array(z.string()),
  defaults: z.object({
    generator: z.string(),
    critic: z.string(),
    strategy: z.string(),
    rounds: z.int(),
  }),
  pictureBytes: z.int(),
});
export type Options = z.infer<typeof Options>;

export const RunSummary = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'finished']),
  name: z.string(),
  task: z.string(),
  picture: z.string(),
  createdAt: z.string(),
  stopReason: StopReason.nullable(),
  severity: z.int().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunList = z.object({ data: z.array(RunSummary), hasMore: z.boolean() });
export type RunList = z.infer<typeof RunList>;

export const RunReply = RunSummary.extend({ record: RunRecord.nullable() });

export const ErrorReply = z.object({ error: z.object({ message: z.string() }) });
