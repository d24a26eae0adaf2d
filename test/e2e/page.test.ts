import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RunRecord } from '../../core/record.ts';
import { loadKnownPictures } from '../../datasets/known.ts';
import { parseConfig } from '../../runtime/config.ts';
import { openRenderers } from '../../runtime/renderers.ts';
import { buildPage } from '../../scripts/build-page.ts';
import { newKey } from '../../server/serve/keys.ts';
import { type Service, startService } from '../../server/serve/start.ts';
import { startSimulator } from '../../server/simulate/start.ts';
import { launchBrowser } from '../support/browser.ts';

const icon = fileURLToPath(new URL('../../examples/icon.png', import.meta.url));
const silent = pino({ level: 'silent' });
const { key, sha256 } = newKey();

/** A server whose "writer" needs a revision, whose "slow" answers after the test. */
async function openServers() {
  const renderers = openRenderers(parseConfig({}));
  const pictures = (
    await loadKnownPictures(fileURLToPath(new URL('../../examples/', import.meta.url)))
  ).filter(({ name }) => name === 'icon');
  const simulator = await startSimulator(
    {
      mend: 1,
      tokenLatency: 1,
      models: {
        'simulated-slow': { role: 'generator', latency: 600_000 },
        'simulated-slow-critic': { role: 'critic', latency: 2500 },
        // Slow enough for somebody to cancel on a busy machine.
        'simulated-slower-critic': { role: 'critic', latency: 10_000 },
      },
    },
    { pictures, renderers: pictures.map(({ language }) => renderers.of(language.name)) },
  );
  const model = (name: string) => ({ name: `openai:${name}`, baseUrl: simulator.url, apiKeyEnv: null });
  const models = {
    writer: model('simulated-generator'),
    judge: model('simulated-critic'),
    slow: model('simulated-slow'),
    'slow-judge': model('simulated-slow-critic'),
    'slower-judge': model('simulated-slower-critic'),
  };
  const folder = await mkdtemp(join(tmpdir(), 'verisim-page-'));
  const serve = (name: string, keys: { name: string; sha256: string }[] = [], port = 0) =>
    startService(
      parseConfig({
        models,
        generator: 'writer',
        critic: 'judge',
        serve: { port, folder: join(folder, name), drainTime: 0, keys },
      }),
      silent,
    );
  const open = await serve('open');
  const guarded = await serve('guarded', [{ name: 'ann', sha256 }]);
  return {
    open,
    guarded,
    serve,
    async close() {
      await Promise.all([open.close(), guarded.close()]);
      await simulator.close();
      await renderers.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let servers: Awaited<ReturnType<typeof openServers>>;
let browser: Browser;
let page: Page;
/** What the browser complained of; every test ends with none. */
let complaints: string[] = [];

beforeAll(async () => {
  await buildPage('service');
  [servers, browser] = await Promise.all([openServers(), launchBrowser()]);
});

afterEach(async () => {
  await page?.context().close();
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await servers?.close();
});

async function visit(
  { url }: Service,
  options: Parameters<Browser['newContext']>[0] = {},
  place = '',
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && !/^(data|blob):/.test(asked)) complaints.push(`asked for ${asked}`);
  });
  await page.goto(`${url}/${place}`);
  return page;
}

const begin = () => page.getByRole('button', { name: 'Write the code' }).click();
const choose = (label: string, value: string) => page.getByLabel(label).selectOption(value);
const ended = () => page.getByText('Download', { exact: true }).waitFor();
const state = async () => (await page.getByRole('status').textContent()) ?? '';

/** Axe's findings that keep somebody from using the page. */
async function barriers(): Promise<string[]> {
  // By the debugger, as the page's policy lets no script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Drops or pastes the file on the page as a browser does. */
async function give(how: 'drop' | 'paste', path: string, name: string): Promise<void> {
  await page.getByText('Drop a picture here').waitFor();
  const data = (await readFile(path)).toString('base64');
  await page.evaluate(
    ([kind, bytes, title]) => {
      const carried = new DataTransfer();
      const file = new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], title, {
        type: 'image/png',
      });
      carried.items.add(file);
      document.body.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }),
      );
    },
    [how, data, name] as const,
  );
}

describe('the page of the service', () => {
  it('a dropped picture: rounds arrive, boxes, slider, code to copy, everything to keep', async () => {
    await visit(servers.open, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByText('Choose a picture first.').waitFor();
    expect(await barriers()).toEqual([]);
    await give('drop', icon, 'lighthouse.png');
    await page.getByRole('img', { name: 'lighthouse.png' }).waitFor();
    await page.getByRole('radio', { name: 'Icon' }).check();
    // The one that says where: it gives boxes.
    await choose('Critic', 'embedded');
    await page.getByLabel('Revisions').fill('1');
    await begin();

    await page.getByRole('tab', { name: /^Round 1/ }).waitFor();
    await ended();
    expect(await page.title()).toBe('lighthouse.png – Verisim');
    expect(await state()).toContain('1 revision used.');
    await page.getByRole('tab', { name: /^Round 0/ }).click();
    await page.locator('.box').first().waitFor();
    const loaded = await page
      .locator('img.picture')
      .evaluateAll((images) =>
        images.map((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
      );
    expect(loaded).toEqual([true, true]);
    await page.getByRole('tab', { name: 'Slider' }).click();
    await page.getByRole('slider').press('End');
    expect(await page.getByRole('slider').getAttribute('aria-valuenow')).toBe('100');

    await page.getByRole('tab', { name: /^Round .*best/ }).click();
    await page.getByRole('button', { name: 'Copy the code' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('<svg');

    expect(await saved('Code')).toEqual({ name: 'lighthouse.svg', text: copied });
    const record = await saved('Record');
    expect(RunRecord.parse(JSON.parse(record.text)).stopReason).toBe('round-limit');
    expect((await saved('Render', 'link')).name).toBe('lighthouse.render.png');
    expect((await saved('Report')).text).toContain('id="report-data"');
    expect(await barriers()).toEqual([]);

    await page.getByRole('link', { name: 'New picture' }).click();
    await page.getByRole('link', { name: /lighthouse\.png/ }).click();
    await ended();
  });

  it('reloaded in mid-run, and in a second tab, it goes on; cancelled, what is done is kept', async () => {
    await visit(servers.open);
    await page.getByRole('button', { name: 'Icon' }).click();
    await choose('Critic', 'slower-judge');
    await begin();
    await page.getByText(/criticising/).waitFor();
    await page.reload();
    await page.getByText(/criticising/).waitFor();
    expect(await state()).toContain('Running');
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('tab', { name: /^Round 0/ }).waitFor();
    await second.close();
    await page.getByRole('tab', { name: /^Round 1/ }).waitFor();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await ended();
    expect(await state()).toContain('Cancelled');
    expect(await page.getByRole('tab', { name: /^Round 0/ }).textContent()).toContain('severity');
  });

  it('a service that is started again goes on with the run, and the page with it', async () => {
    const before = await servers.serve('restarted');
    await visit(before);
    await page.getByRole('button', { name: 'Icon' }).click();
    await choose('Critic', 'slow-judge');
    await begin();
    await page.getByText(/criticising/).waitFor();
    await before.close();
    await page.getByText('The connection to the service is lost').waitFor();
    const after = await servers.serve('restarted', [], before.port);
    onTestFinished(() => after.close());
    await ended();
    expect(await state()).toContain('Equivalent');
    expect(await page.getByText('The connection to the service is lost').count()).toBe(0);
    expect(complaints.splice(0).every((said) => said.includes('ERR_'))).toBe(true);
  });

  it('is whole at 400 px, in the dark, for the keyboard', async () => {
    await visit(servers.open, { viewport: { width: 400, height: 800 }, colorScheme: 'dark' });
    await give('paste', icon, 'pasted.png');
    await page.getByRole('img', { name: 'pasted.png' }).waitFor();
    await page.getByRole('radio', { name: 'Chart' }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('radio', { name: 'Icon' }).isChecked()).toBe(true);
    expect(await width()).toBe(400);
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Write the code' }).focus();
    await page.keyboard.press('Enter');
    await ended();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(13, 16, 20)',
    );
    expect(await width()).toBe(400);
    expect(await barriers()).toEqual([]);
  });

  it('says what was refused', async () => {
    await visit(servers.open);
    await page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This browser cannot show this file.').waitFor();
    await begin();
    expect(await page.getByRole('alert').textContent()).toContain('The run could not begin');
    expect(await page.getByRole('button', { name: 'Write the code' }).isEnabled()).toBe(true);
    expect(complaints.splice(0).join()).toContain('400');
  });

  it('a file that is no picture, or too large, is not taken, and why is said at once', async () => {
    await visit(servers.open);
    const choose = page.getByLabel('Choose a file');
    await choose.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') });
    await page.getByRole('alert').getByText('notes.txt is no picture.').waitFor();
    expect(await page.getByRole('button', { name: 'Write the code' }).isEnabled()).toBe(false);
    expect(await barriers()).toEqual([]);
    await choose.setInputFiles(icon);
    await page.getByRole('img', { name: 'icon.png' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    // Made in the page, as 33 MiB are slow to send to it.
    await page.evaluate(() => {
      const carried = new DataTransfer();
      carried.items.add(new File([new Uint8Array(33 * 2 ** 20)], 'huge.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }),
      );
    });
    await page.getByRole('alert').getByText('huge.png has 33 MiB, more than the 32 MiB').waitFor();
    // The one that was taken before stays.
    expect(await page.getByRole('img', { name: 'icon.png' }).count()).toBe(1);
  });

  it('a picture that the embedded generator cannot read: the reason, plainly', async () => {
    await visit(servers.open);
    await page.getByRole('button', { name: 'Icon' }).click();
    await page.getByRole('radio', { name: 'Table' }).check();
    await choose('Generator', 'embedded');
    await begin();
    await ended();
    expect(await state()).toContain('Failed');
    await page.getByText('This cannot be done as it was asked').waitFor();
    await page.getByText(/^This table needs a model: .+ Choose a model as the generator\.$/).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('says so when there is no such run', async () => {
    await visit(servers.open, {}, '#/runs/none');
    await page.getByText('There is no such run.').waitFor();
    expect(complaints.splice(0).join()).toContain('404');
  });

  it('asks for the key, keeps it for the tab, and shows nothing without it', async () => {
    await visit(servers.guarded);
    await page.getByLabel('Key').fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').getByText('The API key is wrong.').waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Icon' }).click();
    await choose('Generator', 'slow');
    await begin();
    await page.getByRole('img', { name: 'Reference' }).waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'Reference' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await ended();
    // The browser itself tells of the two answers 401.
    expect(complaints.splice(0).every((said) => said.includes('401'))).toBe(true);
  });
});

async function saved(name: string, role: 'button' | 'link' = 'button') {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole(role, { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

function width(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
