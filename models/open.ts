import type { BaseMessage } from '@langchain/core/messages';
import type { Retry } from '../core/generator.ts';
import type { Sampling } from '../core/task.ts';
import type { ChatModel, ChatReply, ChatRequest } from './chat.ts';
import { endpoints } from './endpoints.ts';
import { promptTokens } from './estimate.ts';
import { explain } from './explain.ts';
import { failureOf } from './failure.ts';
import { gate } from './gate.ts';
import { langchainProvider } from './langchain.ts';
import { type Environment, openaiProvider } from './openai.ts';
import { readReply } from './read.ts';
import { withRetries } from './retry.ts';
import { refusedSettings, settleSampling } from './sampling.ts';
import { parseModelSpec, type SamplingOverrides, splitName } from './spec.ts';
import { watchdog } from './watchdog.ts';

/** Milliseconds for which a server that failed is not asked while others are up. */
const REST = 10_000;

/**
 * The chat model of a specification, ready to be called; nothing is sent yet.
 *
 * @example
 * const model = await openModel({ name: 'openai:Qwen/Qwen3-VL-8B-Instruct', baseUrl: 'http://localhost:8000/v1' });
 * const { text } = await model.complete({ parts: [{ type: 'text', text: 'What is a chart?' }] });
 *
 * @throws ConfigError when a setting is wrong, a package is not installed, or a key is missing.
 */
export async function openModel(
  input: Parameters<typeof parseModelSpec>[0],
  env: Environment = process.env,
): Promise<ChatModel> {
  const spec = parseModelSpec(input);
  const { provider: providerName, model } = splitName(spec.name);
  const provider = await (providerName === 'openai'
    ? openaiProvider(spec, env)
    : langchainProvider(spec, env));
  const servers = endpoints(provider.urls);
  const entrance = gate(spec);
  const replyTokens = runningMean();
  let refused: SamplingOverrides = {};

  const ask = async (request: ChatRequest, messages: BaseMessage[], sampling: Sampling) => {
    const pass = await entrance.enter(promptTokens(request) + replyTokens.mean(), request.signal);
    const lease = servers.lease();
    const dog = watchdog(spec.timeout * 1000);
    const signal = request.signal ? AbortSignal.any([request.signal, dog.signal]) : dog.signal;
    const { touch } = dog;
    try {
      const reply = await readReply(
        provider.open({ url: lease.url, sampling, responseFormat: request.responseFormat, touch }),
        messages,
        { signal, touch, prices: spec.prices, tellsFinish: provider.tellsFinish, onDelta: request.onDelta },
      );
      const { inputTokens, outputTokens } = reply.usage;
      replyTokens.add(outputTokens);
      if (inputTokens + outputTokens > 0) pass.used(inputTokens + outputTokens);
      lease.end();
      pass.end();
      return reply;
    } catch (error) {
      const cause = dog.stalled() ? new Error(`no byte came for ${spec.timeout} s`) : error;
      const { status, transient, retryAfter } = failureOf(cause);
      pass.end(status === 429);
      lease.end(transient && !request.signal?.aborted ? (retryAfter ?? REST) : 0);
      throw cause;
    } finally {
      dog.end();
    }
  };

  /** Asks again at once without a setting that the server names in its refusal, and never sends it again. */
  const askAcceptably = async (request: ChatRequest, messages: BaseMessage[]): Promise<ChatReply> => {
    for (;;) {
      const sampling = settleSampling(request.sampling ?? {}, spec.sampling ?? {}, refused);
      try {
        return await ask(request, messages, sampling);
      } catch (error) {
        const { status, reason } = failureOf(error);
        const named = status === 400 || status === 422 ? refusedSettings(reason, sampling) : [];
        if (named.length === 0) throw error;
        refused = { ...refused, ...Object.fromEntries(named.map((name) => [name, null])) };
        const retry: Retry = { attempt: 1, wait: 0, reason: `${reason} Asking without ${named.join(', ')}.` };
        request.onRetry?.(retry);
      }
    }
  };

  return {
    name: spec.name,
    source: model.startsWith('simulated') ? 'simulated' : 'model',
    identity: JSON.stringify([spec.name, provider.urls.toSorted(), spec.sampling, spec.extraBody]),
    async complete(request) {
      request.signal?.throwIfAborted();
      const messages = await messagesOf(request);
      return withRetries(() => askAcceptably(request, messages), {
        policy: { retries: spec.retries, budget: spec.retryWait * 1000 },
        alternative: servers.awake,
        signal: request.signal,
        onRetry: request.onRetry,
        giveUp: explain(spec, provider),
      });
    },
  };
}

async function messagesOf({ system, parts }: ChatRequest): Promise<BaseMessage[]> {
  const { HumanMessage, SystemMessage } = await import('@langchain/core/messages');
  const content = parts.map((part) =>
    part.type === 'text'
      ? { type: 'text' as const, text: part.text }
      : { type: 'image_url' as const, image_url: { url: part.dataUrl } },
  );
  return [...(system === undefined ? [] : [new SystemMessage(system)]), new HumanMessage({ content })];
}

function runningMean(): { add(value: number): void; mean(): number } {
  let [sum, count] = [0, 0];
  return {
    add(value) {
      sum += value;
      count += 1;
    },
    mean: () => (count === 0 ? 0 : sum / count),
  };
}
