import * as z from 'zod';
import { StopReason } from '../../../core/record.ts';
import { ClientSettings } from '../../../runtime/service.ts';
import { TaskName } from '../../../runtime/settings.ts';

/** What a run was asked with, as its folder keeps it. */
export const StoredRequest = z.object({
  id: z.uuid(),
  owner: z.string().nullable().describe('name of the key; null where there were none'),
  createdAt: z.iso.datetime(),
  attached: z.boolean().describe('it ends when the client that waits for it goes away'),
  name: z.string(),
  task: TaskName,
  settings: ClientSettings,
  picture: z.string().regex(/^[0-9a-f]{64}$/),
  idempotency: z
    .object({ key: z.string(), request: z.string() })
    .nullable()
    .describe('SHA-256 of the key and of what was asked'),
});
export type StoredRequest = z.infer<typeof StoredRequest>;

export const RunStatus = z.enum(['queued', 'running', 'finished']);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a list says of a run. */
export const RunSummary = z.object({
  id: z.uuid(),
  status: RunStatus.describe('queued, running, or finished (for whatever reason: see stopReason)'),
  name: z.string().describe('what the picture is called'),
  task: z.string(),
  picture: z.string().describe('digest of the reference picture, an artifact of the run'),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  stopReason: StopReason.nullable().describe('null until it is finished'),
  message: z.string().describe('one sentence: why it stopped'),
  rounds: z.int().describe('rounds that are done'),
  severity: z
    .int()
    .nullable()
    .describe('severity sum of the round that is returned; null without a critique'),
  tokens: z.int(),
  cost: z.number().describe('US dollars'),
});
export type RunSummary = z.infer<typeof RunSummary>;
