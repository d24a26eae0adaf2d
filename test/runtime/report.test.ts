import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Parser } from 'htmlparser2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReportData } from '../../core/report.ts';
import { reportHtml } from '../../runtime/report.ts';
import { buildPage } from '../../scripts/build-page.ts';
import type { SampleRun } from '../support/record.ts';
import { hostileRun, sampleRun } from '../support/sample-run.ts';

let folder: string;

beforeAll(async () => {
  await buildPage();
  folder = await mkdtemp(join(tmpdir(), 'verisim-report-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The elements of a document by name, each script's text, and the values of one attribute. */
function read(html: string): { names: string[]; scripts: string[]; links: string[] } {
  const names: string[] = [];
  const scripts: string[] = [];
  const links: string[] = [];
  const parser = new Parser({
    onopentag(name, { src, href }) {
      names.push(name);
      if (name === 'script') scripts.push('');
      links.push(...[src, href].filter((link) => link !== undefined));
    },
    ontext(text) {
      if (names.at(-1) === 'script') scripts[scripts.length - 1] += text;
    },
  });
  parser.end(html);
  return { names, scripts, links };
}

test.each<[string, () => SampleRun]>([
  ['a usual run', sampleRun],
  ['a run full of markup', hostileRun],
])('%s is one file with the whole record and its pictures inside', async (_, make) => {
  const run = make();
  const { names, scripts, links } = read(await reportHtml(run.record, run.pictures));
  expect(names.filter((name) => name === 'script')).toHaveLength(2);
  expect(names.filter((name) => ['img', 'svg', 'iframe', 'object'].includes(name))).toEqual([]);
  expect(links).toEqual(['data:,']);
  const data = ReportData.parse(JSON.parse(scripts[0] ?? ''));
  expect(data.record).toEqual(run.record);
  for (const [digest, url] of Object.entries(data.pictures)) {
    expect(Buffer.from(url.split(',')[1] ?? '', 'base64').equals(run.pictures.get(digest).png)).toBe(true);
  }
});

test('the licences of what the page is bundled from are in it', async () => {
  const { record, pictures } = sampleRun();
  const html = await reportHtml(record, pictures);
  const comment = /<!--\nThis page contains:([\s\S]*?)-->/.exec(html)?.[1] ?? '';
  for (const name of ['preact', 'diff', 'highlight.js', 'lowlight', 'zod'])
    expect(comment).toContain(`\n${name}\n`);
});

test('a picture that several rounds share is inside once', async () => {
  const { record, pictures } = hostileRun();
  const { scripts } = read(await reportHtml(record, pictures));
  expect(Object.keys(ReportData.parse(JSON.parse(scripts[0] ?? '')).pictures)).toEqual([
    record.input.picture,
  ]);
});

test('the policy of the page allows no network', async () => {
  const { record, pictures } = sampleRun();
  const html = await reportHtml(record, pictures);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'sha256-[^']+';/);
  expect(policy).not.toMatch(/https?:|unsafe|\*/);
});

test('a page that was not built, or is damaged, says how to build it', async () => {
  // The report finds the page by its own place, as it will in dist/.
  await mkdir(join(folder, 'runtime'));
  await mkdir(join(folder, 'web/dist'), { recursive: true });
  for (const file of ['runtime/report.ts', 'core/errors.ts']) {
    await cp(fileURLToPath(new URL(`../../${file}`, import.meta.url)), join(folder, file));
  }
  const elsewhere: { reportHtml: typeof reportHtml } = await import(
    pathToFileURL(join(folder, 'runtime/report.ts')).href
  );
  const { record, pictures } = sampleRun();
  await expect(elsewhere.reportHtml(record, pictures)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('npm run build:page'),
    cause: expect.objectContaining({ code: 'ENOENT' }),
  });
  await writeFile(join(folder, 'web/dist/report.html'), '<!doctype html>');
  await expect(elsewhere.reportHtml(record, pictures)).rejects.toThrow(/damaged.*npm run build:page/);
});
