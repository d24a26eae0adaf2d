import type { Generator } from '../../core/generator.ts';
import type { ImageLimit } from '../../core/task.ts';
import type { ChatModel } from '../../models/chat.ts';
import { sizeWithin } from '../../models/estimate.ts';
import { settleSampling } from '../../models/sampling.ts';
import type { SamplingOverrides } from '../../models/spec.ts';
import type { Prompts } from '../../prompts/load.ts';
import { pictureEncoder } from '../../tools/image/encoder.ts';
import { extractCode } from './extract.ts';
import { instructionOf } from './prompt.ts';

export interface LvlmGeneratorOptions {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  /** Default: the model's name. */
  readonly name?: string;
  /** How pictures are sent. Default: as the task says. */
  readonly image?: ImageLimit;
  /** Replaces single sampling settings of the task's; null leaves one to the server. */
  readonly sampling?: SamplingOverrides;
}

/**
 * A generator that asks a vision-language model: the reference picture, then the instruction with the last
 * draft and its critique (paper, section 3.3). Where the request gives the draft's render, it comes second.
 *
 * @example
 * const generator = lvlmGenerator({ model: await openModel(spec), prompts: await loadPrompts() });
 */
export function lvlmGenerator({ model, prompts, name, image, sampling }: LvlmGeneratorOptions): Generator {
  const encode = pictureEncoder();
  return {
    name: name ?? model.name,
    source: model.source,
    async generate(request) {
      const { task, language, previous, sample, signal, onDelta, onRetry } = request;
      signal?.throwIfAborted();
      const limit = image ?? task.generator.image;
      const pictures = [request.image, ...(previous?.render ? [previous.render] : [])];
      const images = await Promise.all(
        pictures.map(async (picture) => ({
          type: 'image' as const,
          dataUrl: await encode(picture, limit),
          size: sizeWithin(picture, limit.maxSide),
        })),
      );
      const text = instructionOf(prompts, request, sizeWithin(request.image, limit.maxSide));
      const reply = await model.complete({
        parts: [...images, { type: 'text', text }],
        sampling: settleSampling(task.generator.sampling, sampling ?? {}),
        ...(sample !== undefined && { sample }),
        ...(signal && { signal }),
        ...(onDelta && { onDelta }),
        ...(onRetry && { onRetry }),
      });
      const { code, truncated } = extractCode(reply.text, language);
      return { code, reply: reply.text, usage: reply.usage, truncated: truncated || reply.truncated };
    },
  };
}
