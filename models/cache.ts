import { createHash } from 'node:crypto';
import type { ChatModel, ChatReply, ChatRequest } from './chat.ts';
import type { ReplyStore } from './replies.ts';

export interface CallCacheOptions {
  /** Where replies are kept. */
  readonly store: ReplyStore;
  /** Name of the run: equal requests of different runs are samples of their own. */
  readonly run?: string;
}

/** Changes when the meaning of an entry does. */
const FORMAT = 1;

/**
 * The model, with each reply kept as soon as it is whole, and given again when the same run asks the same: what
 * was answered before a crash is not paid for twice. To be made anew for each run. A reply given again has the
 * usage of the first time, marked as replayed. The key is the whole request, the model's identity, the run, the
 * request's sample, and how often this run has asked the same before, so that asking anew gives another reply.
 *
 * @example
 * const model = cachedModel(await openModel(spec), { store: diskReplies('calls'), run: 'chart-7' });
 */
export function cachedModel(model: ChatModel, { store, run = '' }: CallCacheOptions): ChatModel {
  const asked = new Map<string, number>();
  return {
    ...model,
    async complete(request) {
      const { signal } = request;
      signal?.throwIfAborted();
      const same = digestOf([FORMAT, model.identity ?? model.name, run, ...partsOf(request)]);
      const before = asked.get(same) ?? 0;
      asked.set(same, before + 1);
      const key = digestOf([same, before]);
      const known = await store.get(key);
      signal?.throwIfAborted();
      if (known) {
        request.onDelta?.(known.text);
        return replayed(known);
      }
      const reply = await model.complete(request);
      await store.put(key, reply);
      return reply;
    },
  };
}

/** All that a request says, pictures by digest. */
function partsOf({ system, parts, sampling, responseFormat, sample }: ChatRequest): unknown[] {
  const said = parts.map((part) => (part.type === 'text' ? part.text : [digestOf(part.dataUrl)]));
  return [system, said, sortedByName(sampling), responseFormat, sample];
}

function sortedByName(settings: object | undefined): unknown {
  return settings && Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
}

function replayed({ text, truncated, usage }: ChatReply): ChatReply {
  const marks = { replayedCalls: usage.calls, replayedCost: usage.cost };
  return { text, truncated, usage: { ...usage, ...marks } };
}

function digestOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return createHash('sha256').update(text).digest('hex');
}
