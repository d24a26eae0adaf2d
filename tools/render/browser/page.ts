import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { type Ending, ending } from '../../ending.ts';
import { documentOf, policyFor } from './document.ts';

const viewport = { width: 1200, height: 800 };

/** Milliseconds until a page must have come to its document: a moment, even on a busy machine. */
const ARRIVAL = 5_000;

export interface Photograph {
  /** Number of <table> elements. */
  readonly tables: number;
  /** Pixels of the laid out page. */
  readonly width: number;
  readonly height: number;
  /** PNG; left out when there is no table or the page is larger than allowed. */
  readonly png?: Uint8Array;
}

export interface TablePage {
  /** How many documents it has shown. */
  readonly jobs: () => number;
  /** Calls back when the page's process died; returns what takes the listener away. */
  readonly onCrash: Ending['on'];
  /** `lost` when the page did not come to the document, for which that can do nothing. */
  photograph(html: string, fits: (width: number, height: number) => boolean): Promise<Photograph | 'lost'>;
  close(): Promise<void>;
}

// Taken from the prototype, since a named element of the page can hide the document's own methods.
const countTables = `(() => {
  const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
  for (const svg of all('svg')) svg.pauseAnimations(), svg.setCurrentTime(0);
  return all('table').length;
})()`;

/**
 * Opens a page in a context of its own. Each document comes as the answer to a request for an address that is
 * used once; it is the only request that is ever answered. A navigation a document is what keeps jobs apart:
 * a new document, a new origin, no styles, no cookies and no pending refresh of the one before.
 */
export async function openPage(browser: Browser): Promise<TablePage> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true, viewport });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const crash = ending();
  page.once('crash', () => crash.happen());
  let jobs = 0;
  let waiting: { readonly url: string; readonly html: string } | undefined;

  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const isDocument = request.url === waiting?.url;
    const answer = isDocument
      ? session.send('Fetch.fulfillRequest', { requestId, ...responseOf(waiting?.html ?? '') })
      : session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    if (isDocument) waiting = undefined;
    // A page that is being closed no longer takes answers.
    answer.catch(() => undefined);
  });
  await Promise.all([
    session.send('Page.enable'),
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Animation.enable'),
    session.send('Animation.setPlaybackRate', { playbackRate: 0 }),
  ]);

  return {
    jobs: () => jobs,
    onCrash: crash.on,
    async photograph(html, fits) {
      jobs += 1;
      const url = `https://table.invalid/${jobs}`;
      waiting = { url, html };
      const loaded = new Promise<void>((resolve) => session.once('Page.loadEventFired', () => resolve()));
      // A navigation is lost with Chromium's network process, or where the document before does not go away.
      const arrival = session.send('Page.navigate', { url });
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(resolve, ARRIVAL);
      const answer = await Promise.race([arrival, late]).finally(() => clearTimeout(timer));
      if (answer === undefined || answer.errorText !== undefined) {
        // The page is given up, and with it what it may still answer.
        arrival.catch(() => undefined);
        return 'lost';
      }
      await loaded;
      const { result } = await session.send('Runtime.evaluate', {
        expression: countTables,
        returnByValue: true,
      });
      const tables = z.int().parse(result.value);
      const { cssContentSize } = await session.send('Page.getLayoutMetrics');
      const [width, height] = [Math.ceil(cssContentSize.width), Math.ceil(cssContentSize.height)];
      if (tables === 0 || !fits(width, height)) return { tables, width, height };
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'png',
        optimizeForSpeed: true,
        captureBeyondViewport: width > viewport.width || height > viewport.height,
        clip: { x: 0, y: 0, width, height, scale: 1 },
      });
      return { tables, width, height, png: Buffer.from(data, 'base64') };
    },
    close: () => context.close(),
  };
}

function responseOf(html: string) {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyFor(html),
    'cache-control': 'no-store',
    'x-dns-prefetch-control': 'off',
  };
  return {
    responseCode: 200,
    responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: Buffer.from(documentOf(html)).toString('base64'),
  };
}
