import { setTimeout as sleep } from 'node:timers/promises';
import { chunkBody, type Reply, usageChunkBody } from './wire.ts';

/** Tokens in one event: servers under load send several at a time. */
const TOKENS_PER_EVENT = 8;

export interface Pace {
  /** Milliseconds a token. */
  readonly tokenLatency: number;
  /** The last event tells the usage. */
  readonly usage: boolean;
  readonly signal: AbortSignal;
}

/** A reply as the text of server-sent events. Ends early when the client is gone. */
export async function* eventsOf(reply: Reply, { tokenLatency, usage, signal }: Pace): AsyncGenerator<string> {
  const event = (body: unknown) => `data: ${JSON.stringify(body)}\n\n`;
  const length = Math.max(
    1,
    Math.ceil((reply.text.length / Math.max(1, reply.completionTokens)) * TOKENS_PER_EVENT),
  );
  yield event(chunkBody(reply, { role: 'assistant', content: '' }));
  for (let start = 0; start < reply.text.length; start += length) {
    if (tokenLatency > 0) await sleep(tokenLatency * TOKENS_PER_EVENT, undefined, { signal });
    yield event(chunkBody(reply, { content: reply.text.slice(start, start + length) }));
  }
  yield event(chunkBody(reply, {}, reply.finish));
  if (usage) yield event(usageChunkBody(reply));
  yield 'data: [DONE]\n\n';
}
