import { marked } from 'marked';
import type { Renderer } from '../../core/render.ts';
import type { TableBrowser } from './browser.ts';

/**
 * Draws a table written in GitHub-flavoured Markdown, or in HTML inside Markdown where it has spans.
 * Closing the renderer closes its browser.
 */
export function markdownRenderer({ browser }: { readonly browser: TableBrowser }): Renderer {
  return {
    name: 'chromium',
    version: `markdown ${browser.version}`,
    language: 'markdown',
    async render({ code, signal }) {
      signal?.throwIfAborted();
      if (code.trim() === '') {
        return { kind: 'render-failure', outcome: 'no-code', message: 'There is no Markdown code.' };
      }
      return browser.photograph(await marked.parse(code, { gfm: true, async: true }), signal);
    },
    close: () => browser.close(),
  };
}
