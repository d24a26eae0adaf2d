import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { reportHtml } from '../../runtime/report.ts';
import { buildPage } from '../../scripts/build-page.ts';
import { launchBrowser } from './browser.ts';
import type { SampleRun } from './record.ts';

type Options = Parameters<Browser['newContext']>[0];

export interface ReportPages {
  /** Opens the run's report from disk. Pages without options of their own share a context, which is dear to start. */
  open(run: SampleRun, options?: Options): Promise<Page>;
  /** What the browser complained of or asked a network for since the last page was opened, which empties it. */
  complaints(): string[];
}

/** Reports opened in a browser; every test must end without a complaint that was not looked at. */
export function reportPages(): ReportPages {
  let browser: Browser;
  let shared: BrowserContext;
  let folder: string;
  let complaints: string[] = [];
  let close = async () => {};
  const contextOf = (options: Options) =>
    browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const taken = () => complaints.splice(0);

  beforeAll(async () => {
    await buildPage();
    folder = await mkdtemp(join(tmpdir(), 'verisim-report-'));
    browser = await launchBrowser();
    shared = await contextOf({});
  });
  afterEach(async () => {
    await close();
    close = async () => {};
    expect(taken()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    complaints: taken,
    open: async ({ record, pictures }, options) => {
      const path = join(folder, 'report.html');
      await writeFile(path, await reportHtml(record, pictures));
      const context = options ? await contextOf(options) : shared;
      const page = await context.newPage();
      close = () => (options ? context.close() : page.close());
      complaints = [];
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(pathToFileURL(path).href);
      return page;
    },
  };
}
