import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';

const olmocr = fileURLToPath(new URL('../fixtures/datasets/olmocr/', import.meta.url));
const charts = fileURLToPath(new URL('../fixtures/datasets/chartmimic/iclr/direct_600/', import.meta.url));
const table = (cell: string) =>
  `<table><tr><td>Fruit</td><td>Price</td></tr><tr><td>Apple</td><td>${cell}</td></tr></table>`;
const icon = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="96" height="96"><circle cx="12" cy="12" r="8" fill="${colour}"/></svg>`;
const Line = z.object({ name: z.string(), metric: z.string(), value: z.number(), failed: z.boolean() });

/** Two folders with these files. */
async function folders(candidates: Record<string, string>, references: Record<string, string>) {
  const root = await emptyFolder();
  for (const [side, files] of Object.entries({ candidates, references })) {
    await mkdir(join(root, side));
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, side, name), text);
  }
  return [join(root, 'candidates'), join(root, 'references')] as const;
}

test('one pair: the figure in a table, and how it came about', async () => {
  const [made, wanted] = await folders({ 'a.html': table('1.20') }, { 'a.html': table('1.00') });
  const { stdout, exitCode } = await verisim([
    'score',
    join(made, 'a.html'),
    join(wanted, 'a.html'),
    '--metric',
    'teds',
  ]);
  expect(exitCode).toBe(0);
  // One of four tokens of one cell differs, of six elements.
  expect(stdout).toBe(
    [
      '| pair |   teds |',
      '| ---- | -----: |',
      `| a    | ${(1 - 0.25 / 6).toFixed(4)} |`,
      '',
      'TEDS: 0.25 edits between 6 and 6 elements.',
    ].join('\n'),
  );
});

test('folders: files of one name are a pair, whatever their extension; code is rendered; what fails counts', async () => {
  const [made, wanted] = await folders(
    { 'same.svg': icon('#e11d48'), 'other.svg': icon('#1d4ed8'), 'broken.svg': '<svg' },
    { 'same.svg': icon('#e11d48'), 'other.svg': icon('#e11d48'), 'broken.svg': icon('#e11d48') },
  );
  const { stdout, stderr, exitCode } = await verisim(['score', made, wanted, '--metric', 'ssim', '--json']);
  expect(exitCode).toBe(0);
  const lines = String(stdout)
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
  expect(lines.map(({ name, failed }) => [name, failed])).toEqual([
    ['broken', true],
    ['other', false],
    ['same', false],
  ]);
  expect(lines[0]?.value).toBe(0);
  expect(lines[1]?.value).toBeLessThan(1);
  expect(lines[2]?.value).toBe(1);
  expect(stderr).toBe('');

  const shown = await verisim(['score', made, wanted, '--metric', 'ssim']);
  expect(shown.stderr).toContain('broken: It fails (');
  const mean = lines.reduce((sum, { value }) => sum + value, 0) / 3;
  expect(shown.stdout).toContain(`| mean of 3, 1 failed | ${mean.toFixed(4)} |`);
});

test('chart programs by what they draw; a page by its table tests', async () => {
  const [made, wanted] = [join(charts, 'bar_9.py'), join(charts, 'bar_9.py')];
  const chart = await verisim(['score', made, wanted, '--metric', 'chartmimic-low', '--json']);
  expect(JSON.parse(String(chart.stdout))).toMatchObject({ value: 100 });
  const page = await verisim([
    'score',
    join(olmocr, 'report_pg1_repeat1.md'),
    join(olmocr, 'table_tests.jsonl'),
    '--metric',
    'olmocr-table',
    '--json',
  ]);
  expect(JSON.parse(String(page.stdout))).toMatchObject({ value: 1, parts: { passed: 2, tests: 2 } });
});

test('a missing partner is named; with --missing worst it counts as the worst value', async () => {
  const [made, wanted] = await folders(
    { 'a.html': table('1') },
    { 'a.html': table('1'), 'b.html': table('2') },
  );
  const { stderr, exitCode } = await verisim(['score', made, wanted, '--metric', 'teds']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    `verisim: 1 of 2 references have no candidate in ${made}: b. Add them, or count them as 0: --missing worst.`,
  );
  const counted = await verisim(['score', made, wanted, '--metric', 'teds', '--missing', 'worst']);
  expect(counted.stdout).toContain('| mean of 2, 1 failed | 0.5000 |');
  await cp(join(made, 'a.html'), join(made, 'c.html'));
  await cp(join(made, 'a.html'), join(made, 'b.html'));
  const extra = await verisim(['score', made, wanted, '--metric', 'teds']);
  expect(extra.stderr).toContain('1 of 3 candidates have no reference in');
});

test('wrong use says what would be right', async () => {
  const [made, wanted] = await folders({ 'a.html': table('1') }, { 'a.html': table('1') });
  const [one, other] = [join(made, 'a.html'), join(wanted, 'a.html')];
  const say = async (...args: string[]) => {
    const { stderr, stdout, exitCode } = await verisim(['score', ...args]);
    expect([exitCode, stdout]).toEqual([2, '']);
    return stderr;
  };
  const unknown = await say(one, other, '--metric', 'tedz');
  expect(unknown).toContain('There is no metric "tedz". There are:\n  teds ');
  expect(unknown).toContain('element-count');
  expect(await say(one, other)).toContain('--metric is missing. There are:');
  expect(await say(one, other, '--metric', 'chartmimic-low')).toBe(
    `verisim: The metric chartmimic-low does not take ${one} as its candidate. It takes: .py.`,
  );
  expect(await say(made, wanted, '--metric', 'starvector')).toContain(
    'There is no file for the metric starvector in',
  );
  expect(await say(one, wanted, '--metric', 'teds')).toContain('Give two files, or two folders.');
  expect(await say(one, join(wanted, 'z.html'), '--metric', 'teds')).toContain('There is no file or folder');
  expect(await say(one, other, '--metric', 'clip')).toContain('--clip DIR');
  expect(await say(one, other, '--metric', 'chartmimic-high')).toContain('--judge openai:MODEL');
});
