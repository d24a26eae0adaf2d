import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import { RenderError } from '../../../core/errors.ts';
import { keepChromium, type Running } from './chromium.ts';
import type { BrowserOptions } from './options.ts';
import { openPage, type Photograph } from './page.ts';

/** What became of a document: its photograph, or how its page ended without one. */
export type Exposure = Photograph | { readonly ended: 'timeout' | 'crashed' };

export interface PagePool {
  /**
   * @throws RenderError or SandboxError when Chromium cannot be had; the signal's reason when aborted.
   */
  photograph(html: string, signal?: AbortSignal): Promise<Exposure>;
  close(): Promise<void>;
}

type Stop = 'aborted' | 'timeout' | 'crashed' | 'lost';

/** Milliseconds that a page may take to open, which no table can delay: Chromium lost the process that starts pages. */
const OPENING = 10_000;

/** Milliseconds that a page may take to close before all of Chromium is ended. */
const PATIENCE = 1_000;

/** How often a table may lose its Chromium through a neighbour before that counts as broken. */
const MAX_TRIES = 10;

/** Shows documents on warm pages, several at a time, and ends whatever hangs. */
export function pagePool(options: BrowserOptions): PagePool {
  const { workers, timeout, maxPixels, maxSide, jobsPerPage } = options;
  const queue = new PQueue({ concurrency: workers });
  const keeper = keepChromium(options);
  let closed = false;

  const fits = (width: number, height: number) =>
    width * height <= maxPixels && Math.max(width, height) <= maxSide;

  async function attempt(
    html: string,
    signal: AbortSignal | undefined,
  ): Promise<Exposure | { ended: 'innocent' }> {
    signal?.throwIfAborted();
    if (closed) throw new RenderError('The browser was closed. Open a new one.');
    const { promise: stopped, resolve: stop } = Promise.withResolvers<Stop>();
    const abort = () => stop('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    let forget: (() => void) | undefined;
    try {
      const chrome = await Promise.race([keeper.running(), stopped]);
      if (typeof chrome === 'string') throw signal?.reason;
      forget = chrome.onGone(() => stop('crashed'));
      const done = chrome.begin();
      timer = setTimeout(() => stop('lost'), OPENING);
      const opened = () => {
        clearTimeout(timer);
        if (over) return;
        timer = setTimeout(() => stop('timeout'), timeout);
      };
      const result = await expose(chrome, html, { stopped, opened }).finally(done);
      if (typeof result !== 'string') return result;
      signal?.throwIfAborted();
      if (closed) throw new RenderError('The browser was closed before the table was drawn.');
      if (result === 'timeout') return { ended: 'timeout' };
      if (chrome.condemned()) return { ended: 'innocent' };
      // Whether one page died or all of Chromium is dying shows too late; the next try gets another one.
      chrome.retire();
      return { ended: result === 'lost' ? 'innocent' : 'crashed' };
    } finally {
      over = true;
      clearTimeout(timer);
      forget?.();
      signal?.removeEventListener('abort', abort);
    }
  }

  async function expose(
    chrome: Running,
    html: string,
    { stopped, opened }: { readonly stopped: Promise<Stop>; readonly opened: () => void },
  ): Promise<Photograph | Stop> {
    const opening = Promise.resolve(chrome.idle.pop() ?? openPage(chrome.browser));
    const exposing = opening.then((page) => {
      opened();
      const { promise: crashed, resolve: crash } = Promise.withResolvers<Stop>();
      const spared = page.onCrash(() => crash('crashed'));
      return Promise.race([page.photograph(html, fits), crashed]).finally(spared);
    });
    const result = await Promise.race([exposing, stopped]).catch((cause: unknown): Stop => {
      if (cause instanceof Error && /closed|crashed|detached/i.test(cause.message)) return 'crashed';
      throw new RenderError('Chromium does not do what it is asked. Update it: apt-get install chromium', {
        cause,
      });
    });
    const page = typeof result === 'string' ? undefined : await opening;
    if (page && page.jobs() < jobsPerPage) chrome.idle.push(page);
    else void discard(chrome, opening);
    return result;
  }

  /** A page that hangs in the layout of a monster does not close either: then all of Chromium goes. */
  async function discard(chrome: Running, opening: ReturnType<typeof openPage>): Promise<void> {
    const closing = opening.then((page) => page.close());
    const late = delay(PATIENCE, 'late' as const, { ref: false });
    const end = await Promise.race([closing.catch(() => 'failed' as const), late]);
    if (end === 'late') await chrome.condemn();
  }

  return {
    async photograph(html, signal) {
      const once = () => queue.add(() => attempt(html, signal), { ...(signal && { signal }) });
      let crashes = 0;
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const exposure = await once();
        if (!('ended' in exposure) || exposure.ended === 'timeout') return exposure;
        // What ended the page may have come from outside, so a crash is tried once more; what a neighbour did to
        // all of Chromium does not count.
        if (exposure.ended === 'crashed') crashes += 1;
        if (crashes === 2) return { ended: 'crashed' };
      }
      throw new RenderError(`Chromium was ended ${MAX_TRIES} times by other tables. Draw fewer at a time.`);
    },
    async close() {
      closed = true;
      await keeper.close();
    },
  };
}
