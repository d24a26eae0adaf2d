import { ConfigError } from '../../core/errors.ts';
import type { Generated, Generator } from '../../core/generator.ts';
import type { Renderer } from '../../core/render.ts';
import { noUsage } from '../../core/usage.ts';
import { generateIcon } from './icon/generate.ts';

export interface EmbeddedParts {
  /** Among them one for each language asked for: drafts are rendered and judged before one is given out. */
  readonly renderers: readonly Renderer[];
}

/**
 * Reads pictures by classical image analysis: no model, no network, the same answer each time. Reads icons
 * (task svg). Stateless: a revision works on the draft and the critique that it is given.
 * @throws ConfigError for tasks that it cannot read, and when no renderer of the language was given.
 */
export function embeddedGenerator({ renderers }: EmbeddedParts): Generator {
  return {
    name: 'embedded',
    source: 'embedded',
    async generate(request) {
      const { task, language, signal, onDelta } = request;
      signal?.throwIfAborted();
      if (task.name !== 'svg') {
        throw new ConfigError(
          `The embedded generator does not read pictures of the task "${task.name}" yet: that needs a model. Name one: --generator openai:MODEL`,
        );
      }
      const renderer = renderers.find((one) => one.language === language.name);
      if (!renderer) {
        throw new ConfigError(
          `The embedded generator was given no renderer for ${language.name}. Pass one in \`renderers\`.`,
        );
      }
      const { code, exhausted, confidence } = await generateIcon(request, renderer);
      onDelta?.(code);
      const generated: Generated = { code, reply: code, usage: noUsage, exhausted, confidence };
      return generated;
    },
  };
}
