import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventsOf } from '../support/events.ts';
import { sampleRun } from '../support/sample-run.ts';

let browser: Browser;
let script: string;
const { record, pictures } = sampleRun();
const events = eventsOf(record);

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('live-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  script = outputFiles[0]?.text ?? '';
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

async function open(): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent('<!doctype html><title>live</title>');
  const drawn = record.rounds.flatMap(({ render }) => (render.kind === 'rendered' ? [render.picture] : []));
  const urls = [record.input.picture, ...drawn].map((digest) => [
    digest,
    `data:image/png;base64,${Buffer.from(pictures.get(digest).png).toString('base64')}`,
  ]);
  await page.evaluate((entries) => {
    window.pictures = Object.fromEntries(entries);
  }, urls);
  await page.addScriptTag({ content: script });
  return page;
}

/** Sends the events up to and with the first of this type in this round. */
async function sendUntil(page: Page, sent: number, type: RunEvent['type'], round: number): Promise<number> {
  const end = events.findIndex((event) => {
    if (event.type !== type) return false;
    if (!('round' in event)) return true;
    return (typeof event.round === 'number' ? event.round : event.round.index) === round;
  });
  for (const event of events.slice(sent, end + 1)) await page.evaluate((one) => window.send(one), event);
  return end + 1;
}

test('a run is drawn as it happens, by the components of the report', async () => {
  const page = await open();
  await page.getByText('The run has not started yet.').waitFor();

  let sent = await sendUntil(page, 0, 'code-delta', 0);
  await page.getByText('Writing code…').waitFor();
  expect(await page.getByRole('status').textContent()).toContain('Running');
  expect(await page.locator('.listing').textContent()).toContain('import matplotlib');

  sent = await sendUntil(page, sent, 'render-finished', 0);
  await page.getByRole('img', { name: 'Round 0', exact: true }).waitFor();
  expect(await page.getByRole('tab', { name: /Round 0/ }).textContent()).toContain('criticising');

  sent = await sendUntil(page, sent, 'critique-finished', 0);
  await page.locator('.discrepancy').first().waitFor();
  expect(await page.locator('.discrepancy').count()).toBe(5);

  sent = await sendUntil(page, sent, 'round-started', 3);
  await page.getByRole('tab', { name: /Round 3/, selected: true }).waitFor();

  await sendUntil(page, sent, 'run-finished', 0);
  await page.getByRole('tab', { name: /Round 4/, selected: true }).waitFor();
  expect(await page.getByRole('status').textContent()).toContain('4 revisions used.');
  await page.close();
});

test('a round that the reader chose stays, whatever comes', async () => {
  const page = await open();
  const sent = await sendUntil(page, 0, 'round-started', 2);
  await page.getByRole('tab', { name: /Round 0/ }).click();
  await sendUntil(page, sent, 'run-finished', 0);
  await page.getByText('4 revisions used.').waitFor();
  expect(await page.getByRole('tab', { name: /Round/, selected: true }).textContent()).toContain('Round 0');
  await page.close();
});

test('a call that is tried again is told, and so is a stream that breaks', async () => {
  const page = await open();
  await sendUntil(page, 0, 'round-started', 0);
  await page.evaluate(() =>
    window.send({ type: 'call-retried', role: 'generator', attempt: 1, wait: 2000, reason: 'HTTP 429' }),
  );
  await page.getByText('The generator is tried again').waitFor();
  await page.evaluate(() => window.fail('connection lost'));
  await page.getByText('The events of this run have stopped coming').waitFor();
  expect(await page.getByRole('heading', { name: 'revenue.png' }).count()).toBe(1);
  await page.close();
});
