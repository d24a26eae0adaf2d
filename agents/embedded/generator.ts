import { ConfigError, ModelNeeded } from '../../core/errors.ts';
import type { Generated, GenerateRequest, Generator } from '../../core/generator.ts';
import type { Renderer } from '../../core/render.ts';
import { noUsage } from '../../core/usage.ts';
import type { Ocr } from '../../tools/ocr/ocr.ts';
import { chartGenerator } from './chart/generate.ts';
import { iconGenerator } from './icon/generate.ts';
import { tableGenerator } from './table/generate.ts';

export interface EmbeddedParts {
  /**
   * Among them one for each language asked for, and that of HTML for tables: drafts are rendered and judged
   * before one is given out.
   */
  readonly renderers: readonly Renderer[];
  /** Reads text: needed for tables and charts; without it the letters in icons are outlines. */
  readonly ocr?: Ocr;
}

/** How one task's pictures are read. */
interface Reader {
  /** The language that drafts are judged in. */
  readonly language: string;
  read(
    request: GenerateRequest,
    renderer: Renderer,
  ): Promise<Pick<Generated, 'code' | 'exhausted' | 'confidence'>>;
}

/**
 * Reads pictures by classical image analysis: no model, no network, the same answer each time. Reads icons
 * (task svg), tables and plain charts. A revision works on the draft and the critique that it is given.
 * @throws ModelNeeded for tasks and pictures that it cannot read; ConfigError when no renderer of the language or no
 * text reader was given.
 */
export function embeddedGenerator({ renderers, ocr }: EmbeddedParts): Generator {
  const readers: Readonly<Record<string, Reader>> = {
    svg: { language: 'svg', read: iconGenerator(ocr) },
    ...(ocr && {
      chart: { language: 'matplotlib', read: chartGenerator(ocr) },
      table: { language: 'html', read: tableGenerator(ocr) },
    }),
  };
  return {
    name: 'embedded',
    source: 'embedded',
    async generate(request) {
      const { task, signal, onDelta } = request;
      signal?.throwIfAborted();
      const reader = readers[task.name];
      if (!reader) {
        throw new ModelNeeded(
          'generator',
          `The embedded generator does not read pictures of the task "${task.name}"${ocr ? '' : ' without a text reader'}: that needs a model`,
        );
      }
      const renderer = renderers.find(({ language }) => language === reader.language);
      if (!renderer) {
        throw new ConfigError(
          `The embedded generator was given no renderer for ${reader.language}. Pass one in \`renderers\`.`,
        );
      }
      const { code, exhausted, confidence } = await reader.read(request, renderer);
      onDelta?.(code);
      const generated: Generated = {
        code,
        reply: code,
        usage: noUsage,
        ...(exhausted !== undefined && { exhausted }),
        ...(confidence !== undefined && { confidence }),
      };
      return generated;
    },
  };
}
