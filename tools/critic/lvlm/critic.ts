import type { Critic, CriticRequest } from '../../../core/critic.ts';
import { critiqueOf } from '../../../core/critique.ts';
import { BudgetReached, ModelError } from '../../../core/errors.ts';
import type { CriticProfile } from '../../../core/task.ts';
import { addUsage, noUsage } from '../../../core/usage.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../../models/chat.ts';
import { sizeWithin } from '../../../models/estimate.ts';
import { settleSampling } from '../../../models/sampling.ts';
import type { SamplingOverrides } from '../../../models/spec.ts';
import type { Prompts } from '../../../prompts/load.ts';
import { pictureEncoder } from '../../image/encoder.ts';
import { critiqueFormat } from './format.ts';
import { parseCritiqueReply } from './parse.ts';

export interface LvlmCriticOptions {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  /** Default: the model's name. */
  readonly name?: string;
  /** Replaces parts of every task's critic profile. */
  readonly profile?: Partial<Omit<CriticProfile, 'sampling' | 'errorFields'>>;
  /** Replaces single sampling settings of the task's; null leaves one to the server. */
  readonly sampling?: SamplingOverrides;
  /** Ask for JSON by a schema where the server takes one. Default: true. */
  readonly structured?: boolean;
  /** How often an unusable reply is asked for anew, the first time included. Default: 2, as the authors do. */
  readonly tries?: number;
}

/** Characters of an unusable reply that are kept. */
const MAX_REPLY = 20_000;

/**
 * A critic that asks a vision-language model, Visual-ERM or any other: reference first, candidate second, then
 * the instruction (Visual-ERM repository, evaluation scripts; swapped pictures shift scores).
 *
 * @example
 * const critic = lvlmCritic({ model: await openModel(spec), prompts: await loadPrompts() });
 */
export function lvlmCritic(options: LvlmCriticOptions): Critic {
  return criticOf(options, 'critique');
}

/** The generator's model as critic of its own drafts (paper, section 4: self-reflection). */
export function selfCritic(options: LvlmCriticOptions): Critic {
  return criticOf({ ...options, name: options.name ?? `${options.model.name} (self)` }, 'self-critique');
}

function criticOf(options: LvlmCriticOptions, role: 'critique' | 'self-critique'): Critic {
  const { model, prompts, profile, sampling, structured = true, tries = 2 } = options;
  const name = options.name ?? model.name;
  const encode = pictureEncoder();
  let takesFormat = structured;

  const requestOf = async ({ task, reference, candidate, sample, signal, onRetry }: CriticRequest) => {
    const { image, imageMarks, systemMessage, ...own } = { ...task.critic, ...profile };
    const images = await Promise.all(
      [reference, candidate].map(async (picture) => ({
        type: 'image' as const,
        dataUrl: await encode(picture, image),
        size: sizeWithin(picture, image.maxSide),
      })),
    );
    const instruction = prompts.fill(`${task.name}/${role}`);
    const text = imageMarks ? `<image><image>\n${instruction}` : instruction;
    const request: ChatRequest = {
      parts: [...images, { type: 'text', text }],
      sampling: settleSampling(own.sampling, sampling ?? {}),
      ...(systemMessage && { system: prompts.fill(`${task.name}/critique-system`) }),
      ...(sample !== undefined && { sample }),
      ...(signal && { signal }),
      ...(onRetry && { onRetry }),
    };
    return request;
  };

  /** With a schema if the server takes it; one that refuses it is not asked with one again. */
  const ask = async (
    request: ChatRequest,
    responseFormat: ChatRequest['responseFormat'],
  ): Promise<ChatReply> => {
    if (!responseFormat) return model.complete(request);
    try {
      return await model.complete({ ...request, responseFormat });
    } catch (error) {
      const refused = error instanceof ModelError && (error.status === 400 || error.status === 422);
      if (!refused) throw error;
      const reply = await model.complete(request);
      takesFormat = false;
      return reply;
    }
  };

  return {
    name,
    source: model.source,
    async critique(criticRequest) {
      const { task, signal } = criticRequest;
      signal?.throwIfAborted();
      const request = await requestOf(criticRequest);
      let usage = noUsage;
      let failure = { reason: 'it was not asked', reply: '' };
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        // A schema can itself be what drives a model into endless white space, so the second try goes without.
        const format = takesFormat && attempt === 1 ? critiqueFormat(task) : undefined;
        let reply: ChatReply;
        try {
          reply = await ask(request, format);
        } catch (error) {
          // What the first try took is not lost with the second one.
          if (!(error instanceof BudgetReached) || attempt === 1) throw error;
          failure = { ...failure, reason: `${failure.reason}; not asked again: ${error.message}` };
          break;
        }
        usage = addUsage(usage, reply.usage);
        const parsed = parseCritiqueReply(reply.text, task);
        if (parsed.ok) {
          const { discrepancies } = parsed;
          return critiqueOf({
            critic: name,
            discrepancies: [...discrepancies],
            reply: reply.text.slice(0, MAX_REPLY),
            usage,
          });
        }
        const cut = reply.truncated ? ', and was cut off' : '';
        failure = { reason: `${parsed.reason}${cut}`, reply: reply.text.slice(0, MAX_REPLY) };
      }
      return { kind: 'critic-failure', critic: name, usage, ...failure };
    },
  };
}
