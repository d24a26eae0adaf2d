import type { Renderer, RenderFailure } from '../../core/render.ts';
import type { TableBrowser } from './browser.ts';
import { MarkdownReply } from './markdown/job.ts';
import { entryBeside } from './process/entry.ts';
import { processPool } from './process/pool.ts';

export interface MarkdownOptions {
  readonly browser: TableBrowser;
  /** Milliseconds that reading one text may take; 5,000 by default. */
  readonly timeout?: number;
}

/** Ample for any table, and little for a parser that is linear in all but hostile text. */
const MAX_BYTES = 512 * 1024;
const MAX_MEMORY = 4 * 1024 ** 3;

/**
 * Draws a table written in GitHub-flavoured Markdown, or in HTML inside Markdown where it has spans. The text is
 * read in a process of its own, since a parser made of regular expressions can be kept busy for hours.
 * Closing the renderer closes its browser.
 */
export function markdownRenderer({ browser, timeout = 5_000 }: MarkdownOptions): Renderer {
  const entry = entryBeside(import.meta.url, './markdown/worker');
  const parsers = processPool({ entry, workers: 1, timeout, maxMemory: MAX_MEMORY });
  return {
    name: 'chromium',
    version: `markdown 1 ${browser.version}`,
    language: 'markdown',
    async render({ code, signal }) {
      signal?.throwIfAborted();
      if (code.trim() === '') return failure('no-code', 'There is no Markdown code.');
      if (Buffer.byteLength(code) > MAX_BYTES) {
        return failure('output-limit', `The Markdown is larger than the ${MAX_BYTES} bytes allowed.`);
      }
      const answer = await parsers.run({ code }, signal);
      if ('ended' in answer) {
        return answer.ended === 'timeout'
          ? failure('timeout', `The Markdown took more than the ${timeout / 1000} s allowed to read.`)
          : failure('memory', 'The Markdown needs more memory than is allowed to read.');
      }
      const reply = MarkdownReply.parse(answer.reply);
      return reply.kind === 'html' ? browser.photograph(reply.html, signal) : reply;
    },
    async close() {
      await Promise.all([parsers.close(), browser.close()]);
    },
  };
}

function failure(outcome: RenderFailure['outcome'], message: string): RenderFailure {
  return { kind: 'render-failure', outcome, message };
}
