import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import { addUsage, noUsage } from '../core/usage.ts';
import type { ChatReply } from './chat.ts';
import { usageOf } from './cost.ts';
import type { ModelSpec } from './spec.ts';

/** Characters of one reply that are kept; a model that writes on without end is cut off here. */
const MAX_TEXT = 1_000_000;

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly prices: ModelSpec['prices'];
  readonly tellsFinish: boolean;
  readonly touch: () => void;
  readonly onDelta: ((text: string) => void) | undefined;
}

/** Reads one streamed reply of a LangChain chat model to its end. */
export async function readReply(
  model: BaseChatModel,
  messages: BaseMessage[],
  { signal, prices, tellsFinish, touch, onDelta }: ReadOptions,
): Promise<ChatReply> {
  let text = '';
  let finish: string | undefined;
  let chunks = 0;
  let usage = noUsage;
  for await (const chunk of await model.stream(messages, { signal })) {
    touch();
    chunks += 1;
    finish ??= finishOf({ ...chunk.additional_kwargs, ...chunk.response_metadata });
    if (chunk.usage_metadata) usage = addUsage(usage, usageOf(chunk.usage_metadata, prices));
    const piece = chunk.text.slice(0, MAX_TEXT - text.length);
    if (piece === '') continue;
    text += piece;
    onDelta?.(piece);
    if (text.length >= MAX_TEXT) break;
  }
  if (chunks === 0) throw new Error('the server ended its stream without a reply');
  const cut = finish === undefined ? tellsFinish : /length|max_?tokens|incomplete/i.test(finish);
  // One answered call, however many pieces told of its usage.
  return { text, truncated: cut || text.length >= MAX_TEXT, usage: { ...usage, calls: 1 } };
}

/** Vendors name it differently. */
function finishOf(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const names = ['finish_reason', 'stop_reason', 'finishReason', 'status'];
  return names.map((name) => metadata[name]).find((value) => typeof value === 'string');
}
