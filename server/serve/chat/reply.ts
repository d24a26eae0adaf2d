import * as z from 'zod';
import { ModelError, ModelNeeded } from '../../../core/errors.ts';
import type { RunRecord } from '../../../core/record.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { type Refusal, refusalOf } from '../refused.ts';
import type { RunEnd } from '../runs/carry-out.ts';

const Verisim = z.object({
  run: z.string().describe('id of the run: /v1/runs/{id}'),
  severity: z.int().nullable().describe('severity sum of what is returned; null without a critique'),
  confidence: z
    .number()
    .nullable()
    .describe('0 to 1, how far an embedded reading can be trusted: below 0.5 in part; null of models'),
  rounds: z.int(),
  best: z.int().nullable(),
  stop_reason: z.string(),
  message: z.string(),
});

const Usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int() }),
});

export const ChatReply = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.literal(0),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string(),
        refusal: z.null(),
        reasoning_content: z.string().describe('what the rounds found'),
      }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  usage: Usage.describe('summed over all model calls of the run'),
  verisim: Verisim,
});
type ChatReply = z.infer<typeof ChatReply>;

/** What the replies of one run have in common. */
export interface Envelope {
  readonly run: string;
  readonly model: string;
  readonly created: number;
}

export interface Answer {
  readonly code: string;
  readonly record: RunRecord;
}

/** The code of a run that ended, or why there is none. */
export function answerOf({ record, error }: RunEnd, fenced: boolean): Answer | Refusal {
  if (!record) return { status: 503, message: 'The server is stopping.', code: 'stopping' };
  const best = record.best === null ? undefined : record.rounds[record.best];
  if (best) return { record, code: fenced ? fence(best.code, record) : best.code };
  if (error instanceof ModelError) return refusalOf(error);
  // In a chat request the model stands for generator and critic.
  if (error instanceof ModelNeeded) return { ...refusalOf(error), param: 'model' };
  const headers = { 'x-should-retry': 'false' };
  const { message, stopReason } = record;
  if (stopReason === 'cancelled') return { status: 503, message, code: 'cancelled', headers };
  if (stopReason.startsWith('budget-')) {
    return { status: 429, message, type: 'insufficient_quota', code: 'insufficient_quota', headers };
  }
  return error === undefined ? { status: 422, message, code: 'nothing_rendered' } : refusalOf(error);
}

export function completion({ code, record }: Answer, envelope: Envelope, reasoning: string): ChatReply {
  const message = { role: 'assistant', content: code, refusal: null, reasoning_content: reasoning } as const;
  return {
    id: idOf(envelope),
    object: 'chat.completion',
    created: envelope.created,
    model: envelope.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageBody(record),
    verisim: verisimBody(record),
  };
}

export interface Delta {
  readonly role?: 'assistant';
  readonly content?: string;
  readonly reasoning_content?: string;
}

/** One event of a streamed reply. */
export function chunk(envelope: Envelope, delta: Delta, ended?: RunRecord) {
  const choice = { index: 0, delta, logprobs: null, finish_reason: ended ? 'stop' : null };
  return { ...chunkHead(envelope), choices: [choice], ...(ended && { verisim: verisimBody(ended) }) };
}

/** The last event where usage was asked for: no choices. */
export function usageChunk(envelope: Envelope, record: RunRecord) {
  return { ...chunkHead(envelope), choices: [], usage: usageBody(record), verisim: verisimBody(record) };
}

function chunkHead(envelope: Envelope) {
  const { created, model } = envelope;
  return { id: idOf(envelope), object: 'chat.completion.chunk', created, model };
}

function idOf({ run }: Envelope): string {
  return `chatcmpl-${run}`;
}

function usageBody({ totals }: RunRecord): z.infer<typeof Usage> {
  const { inputTokens, outputTokens, cachedInputTokens } = totals.usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedInputTokens },
  };
}

function verisimBody({ id, rounds, best, stopReason, message }: RunRecord): z.infer<typeof Verisim> {
  const round = best === null ? undefined : rounds[best];
  const severity = round?.critique?.kind === 'critique' ? round.critique.severitySum : null;
  const confidence = round?.confidence ?? null;
  return { run: id, severity, confidence, rounds: rounds.length, best, stop_reason: stopReason, message };
}

function fence(code: string, { task, language }: RunRecord): string {
  const [info = ''] = languageOf(taskNamed(task), language).fences;
  return `\`\`\`${info}\n${code.trimEnd()}\n\`\`\`\n`;
}
