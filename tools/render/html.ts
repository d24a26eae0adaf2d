import type { Renderer } from '../../core/render.ts';
import type { TableBrowser } from './browser.ts';

/**
 * Draws a table written in HTML, a fragment or a whole document, in the table style of the published pipeline;
 * the author's own CSS applies on top of it. Closing the renderer closes its browser.
 */
export function htmlRenderer({ browser }: { readonly browser: TableBrowser }): Renderer {
  return {
    name: 'chromium',
    version: `html ${browser.version}`,
    language: 'html',
    async render({ code, signal }) {
      signal?.throwIfAborted();
      if (code.trim() === '') {
        return { kind: 'render-failure', outcome: 'no-code', message: 'There is no HTML code.' };
      }
      return browser.photograph(code, signal);
    },
    close: () => browser.close(),
  };
}
