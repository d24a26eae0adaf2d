import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { openaiServer, refuses, type Step, streams } from '../support/openai-server.ts';

const fixtures = fileURLToPath(new URL('../fixtures/datasets/', import.meta.url));
const Summary = z.object({
  items: z.int(),
  failures: z.array(z.object({ id: z.string(), failure: z.string() })),
  figures: z.array(
    z.object({ key: z.string(), value: z.number(), interval: z.tuple([z.number(), z.number()]).nullable() }),
  ),
  bootstrap: z.object({ resamples: z.int(), seed: z.int() }),
});

async function server(...steps: readonly [Step, ...Step[]]) {
  const opened = await openaiServer(...steps);
  onTestFinished(() => opened.close());
  return { ...opened, env: { OPENAI_BASE_URL: opened.url, OPENAI_API_KEY: 'none' } };
}

const bench = (args: readonly string[], env: Record<string, string> = {}) =>
  verisim(['bench', ...args], { env });

function valuesOf(stdout: unknown) {
  const summary = Summary.parse(JSON.parse(String(stdout)));
  return { ...summary, values: Object.fromEntries(summary.figures.map(({ key, value }) => [key, value])) };
}

test('ChartMimic, outputs that are there: golden, another chart, none; each stays in the mean', async () => {
  const folder = await emptyFolder();
  const golden = join(fixtures, 'chartmimic', 'iclr', 'direct_600');
  const outputs = join(folder, 'outputs');
  await mkdir(outputs);
  await cp(join(golden, 'bar_9.py'), join(outputs, 'bar_9.py'));
  await writeFile(join(outputs, 'bar_10.py'), 'raise ValueError("no")');
  const args = [
    'chartmimic',
    join(fixtures, 'chartmimic', 'iclr'),
    '--outputs',
    outputs,
    '--out',
    join(folder, 'out'),
  ];
  const { stdout } = await bench([...args, '--json']);
  const { values, failures, items, bootstrap } = valuesOf(stdout);
  expect(items).toBe(3);
  expect(values['direct.low']).toBeCloseTo(100 / 3, 9);
  expect(values['direct.executed']).toBeCloseTo(100 / 3, 9);
  expect(values).not.toHaveProperty('direct.overall');
  expect(failures).toEqual([
    { id: 'direct_600/bar_10', failure: 'the program fails: runtime-error' },
    { id: 'direct_600/line_1', failure: 'there is no output' },
  ]);
  expect(bootstrap).toMatchObject({ resamples: 1000, seed: 1 });

  // An output that was mended since is scored again, and only that.
  await cp(join(golden, 'bar_10.py'), join(outputs, 'bar_10.py'));
  const again = await bench(args);
  expect(again.stderr).toContain('2 of 3 results were there already.');
  expect(again.stdout).toMatch(/\| direct: low level {4}\| {2}66\.7 \| +[\d.]+ to 100\.0 \| higher \|/);
  expect(again.stdout).toContain('Intervals: percentile bootstrap, 1000 resamples of 3 charts, seed 1.');
  expect(again.stdout).toContain('High level needs a judge model (--judge), so it is left out.');
  expect(again.stdout).toContain('- 1 x there is no output (direct_600/line_1)');
  expect(again.stdout).toContain('Source: the Visual-ERM paper, arXiv 2603.13224v2');
  expect(again.stdout).toContain('| Qwen3-VL-8B, Visual-ERM, 3 rounds   |   75.6 |       79.5 |    77.6 |');
});

test('ChartMimic with a judge: overall is the mean of low and high level', async () => {
  const folder = await emptyFolder();
  const judge = await server(streams('Chart Types: 20/20, same\nScore: 80/100'));
  const golden = join(fixtures, 'chartmimic', 'iclr', 'customized_600');
  const { stdout } = await bench(
    [
      ...['chartmimic', join(fixtures, 'chartmimic', 'iclr'), '--parts', 'customized', '--outputs', golden],
      ...['--judge', 'openai:scripted', '--out', join(folder, 'out'), '--json'],
    ],
    judge.env,
  );
  expect(valuesOf(stdout).values).toMatchObject({
    'customized.low': 100,
    'customized.high': 80,
    'customized.overall': 90,
  });
  const [asked] = judge.seen;
  const parts = asked?.body.messages[0]?.content;
  expect(Array.isArray(parts) ? parts.map(({ type }) => type) : parts).toEqual([
    'image_url',
    'image_url',
    'text',
  ]);
});

test('OmniDocBench, generated: a model that breaks off is resumed, and no finished table is asked for again', async () => {
  const folder = await emptyFolder();
  const out = join(folder, 'out');
  const args = [
    ...[
      'omnidocbench',
      join(fixtures, 'omnidocbench', 'OmniDocBench.json'),
      '--generator',
      'openai:scripted',
    ],
    ...['--strategy', 'direct', '--concurrency', '1', '--out', out, '--json'],
  ];
  const table = '```html\n<table><tr><td>Apple</td><td>1.20</td></tr></table>\n```';
  const broken = await server(streams(table), refuses(400, 'the model is gone'));
  const first = await bench(args, broken.env);
  expect(first.exitCode).toBe(2);
  expect(first.stderr).toContain('the model is gone');
  await appendFile(join(out, 'results.jsonl'), '{"id": "page_1.png#2", "clus');

  const whole = await server(streams('There is no table here.'));
  const second = await bench(args, whole.env);
  expect(second.stderr).toContain('The last result was half written; its item is done again.');
  expect(second.stderr).toContain('1 of 2 results were there already.');
  const { values, failures } = valuesOf(second.stdout);
  expect(values).toMatchObject({ teds: 50, tedsS: 50, produced: 50 });
  expect(failures.map(({ id }) => id)).toEqual(['page_1.png#2']);
  expect(await readFile(join(out, 'outputs', 'page_1.png#1.html'), 'utf8')).toContain('Apple');

  const other = await bench([...args.slice(0, -5), '--strategy', 'refine', ...args.slice(-5)], whole.env);
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain('Name another --out, or delete the folder.');
});

test('olmOCR pages by their own file names; UniSVG with the embedded pair, without learned models', async () => {
  const folder = await emptyFolder();
  const olmocr = await bench([
    ...[
      'olmocr',
      join(fixtures, 'olmocr'),
      '--outputs',
      join(fixtures, 'olmocr'),
      '--out',
      join(folder, 'a'),
      '--json',
    ],
  ]);
  expect(valuesOf(olmocr.stdout).values).toEqual({ average: 100, passed: 100, produced: 100 });
  const unisvg = await bench(['unisvg', join(fixtures, 'unisvg', 'test.json'), '--out', join(folder, 'b')]);
  expect(unisvg.stdout).toContain('# UniSVG, picture to SVG: embedded, critic embedded, refine, 3 rounds');
  expect(unisvg.stdout).toContain('needs both --lpips and --clip');
  expect(unisvg.stdout).toMatch(/\| SSIM {9}\| 0\.99\d \|/);
  expect(unisvg.stdout).not.toContain('| UniSVG score');
});

test('what is wrong with a dataset or the outputs is said with its place', async () => {
  const folder = await emptyFolder();
  await cp(fixtures, folder, { recursive: true });
  const say = async (...args: string[]) => {
    const { stderr, stdout, exitCode } = await bench([...args, '--out', join(folder, 'out')]);
    expect([exitCode, stdout]).toEqual([2, '']);
    return stderr;
  };
  const unisvg = join(folder, 'unisvg', 'test.json');
  expect(await say('unisvg', join(folder, 'nowhere.json'))).toContain(
    `There is no file ${join(folder, 'nowhere.json')}`,
  );
  expect(await say('chartmimic', join(folder, 'folder'))).toContain('Extract a release of ChartMimic there.');
  expect(await say('unisvg', unisvg, '--outputs', join(folder, 'jsonl'))).toBe(
    `verisim: ${join(folder, 'jsonl')} has no output of any of the 1 items. That of "1" could be: 1.svg.`,
  );
  await rm(join(folder, 'unisvg', 'png', 'dot.png'));
  expect(await say('unisvg', unisvg)).toContain(`${unisvg}:2: there is no picture`);
  await writeFile(unisvg, (await readFile(unisvg, 'utf8')).slice(0, 200));
  expect(await say('unisvg', unisvg)).toContain(
    `${unisvg}:2: the file ends inside its array: it was half written.`,
  );
  const tests = join(folder, 'olmocr', 'table_tests.jsonl');
  await writeFile(tests, '{"pdf": 1}\n');
  expect(await say('olmocr', tests)).toContain(`${tests}:1: field`);
});
