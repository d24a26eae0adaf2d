import { ConfigError } from '../../core/errors.ts';
import type { Generated, Generator } from '../../core/generator.ts';
import type { Renderer } from '../../core/render.ts';
import { noUsage } from '../../core/usage.ts';
import type { Ocr } from '../../tools/ocr/ocr.ts';
import { chartGenerator } from './chart/generate.ts';
import { iconGenerator } from './icon/generate.ts';

export interface EmbeddedParts {
  /** Among them one for each language asked for: drafts are rendered and judged before one is given out. */
  readonly renderers: readonly Renderer[];
  /** Reads text: needed for tables and charts. */
  readonly ocr?: Ocr;
}

/**
 * Reads pictures by classical image analysis: no model, no network, the same answer each time. Reads icons
 * (task svg) and plain charts. A revision works on the draft and the critique that it is given.
 * @throws ConfigError for tasks and pictures that it cannot read, and when no renderer of the language or no
 * text reader was given.
 */
export function embeddedGenerator({ renderers, ocr }: EmbeddedParts): Generator {
  const generateIcon = iconGenerator();
  const generateChart = ocr && chartGenerator(ocr);
  return {
    name: 'embedded',
    source: 'embedded',
    async generate(request) {
      const { task, language, signal, onDelta } = request;
      signal?.throwIfAborted();
      const isChart = task.name === 'chart' && generateChart !== undefined;
      if (task.name !== 'svg' && !isChart) {
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
      const { code, exhausted, confidence } = isChart
        ? await generateChart(request, renderer)
        : await generateIcon(request, renderer);
      onDelta?.(code);
      const generated: Generated = { code, reply: code, usage: noUsage, exhausted, confidence };
      return generated;
    },
  };
}
