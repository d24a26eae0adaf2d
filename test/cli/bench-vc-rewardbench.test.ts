import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { type ChatBody, openaiServer, refuses, type Step, streams } from '../support/openai-server.ts';

const sample = fileURLToPath(new URL('../fixtures/datasets/vc-rewardbench/', import.meta.url));
const goldenFile = new URL('../fixtures/golden/vc-rewardbench.json', import.meta.url);

async function server(...steps: readonly [Step, ...Step[]]) {
  const opened = await openaiServer(...steps);
  onTestFinished(() => opened.close());
  return { ...opened, env: { OPENAI_BASE_URL: opened.url, OPENAI_API_KEY: 'none' } };
}

/** The benchmark's sample in a folder of its own. */
async function copyOfSample(): Promise<string> {
  const folder = await emptyFolder();
  await cp(sample, folder, { recursive: true });
  return folder;
}

const bench = (args: readonly string[], env: Record<string, string> = {}) =>
  verisim(['bench', 'vc-rewardbench', ...args], { env });

const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

test('a file of predictions, matched by rule, is reported as such beside published averages', async () => {
  const out = await emptyFolder();
  const { stdout, exitCode } = await bench(['--predictions', join(sample, 'predictions.json'), '--out', out]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'Matched by rule:word-overlap. 3 items scored; on 1 the critic gave nothing usable',
  );
  expect(stdout).toContain('**No judge model took part**');
  expect(stdout).toContain('| all items              |  80.0 |  80.0 | 100.0 |     3 |');
  expect(stdout).toContain('| this run (rule matcher), all items              | 80.0 |');
  expect(stdout).toContain('Source: the Visual-ERM paper, arXiv 2603.13224v2; not measured here.');
  expect(stdout).toContain('| Visual-ERM                                      | 42.1 | 44.7 |  58.4 |');
  for (const line of String(stdout).split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  expect(await readFile(join(out, 'report.md'), 'utf8')).toBe(`${stdout}\n`);
});

test("through a judge over HTTP come the official script's own figures, for all 60 golden items", async () => {
  const golden = z
    .object({
      items: z.array(
        z.looseObject({
          id: z.string(),
          human_errors: z.array(z.looseObject({ description: z.string() })),
          pred_json: z.looseObject({ errors: z.array(z.looseObject({ description: z.string() })) }).nullish(),
        }),
      ),
      judgeReplies: z.record(z.string(), z.string()),
      expected: z.looseObject({
        summary: z.looseObject({
          overall: z.unknown(),
          by_category: z.unknown(),
          severity_correlation: z.unknown(),
        }),
        failed: z.array(z.string()),
      }),
    })
    .parse(JSON.parse(await readFile(goldenFile, 'utf8')));
  // Each description comes once in the file, so a request tells which item it asks about.
  const idOf = (prompt: string) =>
    golden.items.find(({ human_errors: [first] }) => first && prompt.includes(`"${first.description}"`))
      ?.id ?? '';
  const textOf = ({ messages: [message] }: ChatBody) =>
    typeof message?.content === 'string'
      ? message.content
      : (message?.content.map(({ text = '' }) => text).join('') ?? '');
  const judge = await server((response, body) =>
    streams(golden.judgeReplies[idOf(textOf(body))] ?? 'no such item', { piece: 4000 })(response, body),
  );
  const folder = await emptyFolder();
  const file = join(folder, 'predictions.json');
  await writeFile(file, JSON.stringify(golden.items));
  const args = ['--predictions', file, '--judge', 'openai:scripted', '--out', join(folder, 'out'), '--json'];
  const { stdout, stderr } = await bench(args, judge.env);
  const figures = z
    .looseObject({ overall: z.unknown(), by_category: z.unknown(), failed_items: z.array(z.string()) })
    .parse(JSON.parse(String(stdout)));
  expect(figures['judge']).toBe('openai:scripted');
  const { summary } = golden.expected;
  expect(figures.overall).toEqual(summary.overall);
  expect(figures.by_category).toEqual(summary.by_category);
  // The script's one failed item has an empty list, of which no judge need be asked.
  expect(golden.expected.failed).toEqual(['s17']);
  expect(golden.items.find(({ id }) => id === 's17')?.human_errors).toEqual([]);
  expect(figures.failed_items).toEqual([]);
  expect(stderr).toContain(`results: ${join(folder, 'out')}`);
  const asked = judge.seen.length;

  // Again: what was matched is not paid for twice.
  const again = await bench(args, judge.env);
  expect(again.stdout).toBe(stdout);
  expect(again.stderr).toContain('60 of 60 matches are there already.');
  expect(judge.seen).toHaveLength(asked);

  // Without that item, which the script leaves out, the correlations are the script's too, by category and type.
  const scored = join(folder, 'scored.json');
  await writeFile(scored, JSON.stringify(golden.items.filter(({ id }) => id !== 's17')));
  const others = [
    '--predictions',
    scored,
    '--judge',
    'openai:scripted',
    '--out',
    join(folder, 'other'),
    '--json',
  ];
  const all = z
    .looseObject({ severity_correlation: z.unknown() })
    .parse(JSON.parse(String((await bench(others, judge.env)).stdout)));
  expect(rounded(all)).toMatchObject(rounded(summary));
});

/** Numbers to 12 digits: sums in another order differ in the last. */
function rounded(value: unknown): object {
  const parsed: unknown = JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' ? Number(one.toPrecision(12)) : one)),
  );
  return z.looseObject({}).parse(parsed);
}

test('a critic that breaks off is resumed; its file of predictions is what the official script reads', async () => {
  const found = {
    errors: [{ category: 'data_error', severity: 2, location: 'bar South', description: 'South is 4' }],
  };
  const folder = await copyOfSample();
  const out = join(folder, 'out');
  const args = [
    join(folder, 'bench.jsonl'),
    '--critic',
    'openai:scripted',
    '--out',
    out,
    '--concurrency',
    '1',
  ];
  const broken = await server(streams(JSON.stringify(found)), refuses(400, 'the model is gone'));
  const first = await bench(args, broken.env);
  expect(first.exitCode).toBe(2);
  expect(first.stderr).toContain('the model is gone');
  expect(await linesOf(join(out, 'predictions.jsonl'))).toHaveLength(1);

  await appendFile(join(out, 'predictions.jsonl'), '{"id": "table-0", "pred');
  const whole = await server(streams('{"errors": []}'));
  const second = await bench(args, whole.env);
  expect(second.exitCode).toBe(0);
  expect(second.stderr).toContain('The last prediction was half written; its item is done again.');
  expect(second.stderr).toContain('1 of 3 predictions are there already.');
  expect(whole.seen).toHaveLength(2);

  const array: unknown = JSON.parse(await readFile(join(out, 'predictions.json'), 'utf8'));
  expect(array).toMatchObject([
    {
      id: 'chart-0',
      category: 'chart',
      gt_img_path: 'images/chart_gt.png',
      pred_json: {
        data_error_count: 1,
        errors: [{ category: 'data_error', severity: 2, description: 'South is 4' }],
      },
      error_parse_failed_reason: null,
      verisim: { critic: 'openai:scripted', usage: { calls: 1 } },
    },
    { id: 'table-0', pred_json: { errors: [] } },
    { id: 'svg-0', pred_json: { errors: [] } },
  ]);
  const other = await bench([...args.slice(0, 2), 'embedded', ...args.slice(3)]);
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain('holds results made with critic "openai:scripted", not "embedded"');
});

test('the embedded critic on what it reads', async () => {
  const out = await emptyFolder();
  const { stdout } = await bench([
    join(sample, 'bench.jsonl'),
    '--categories',
    'svg',
    '--out',
    out,
    '--json',
  ]);
  expect(JSON.parse(String(stdout))).toMatchObject({ critic: 'embedded', judge: 'rule:word-overlap' });
  expect(await linesOf(join(out, 'predictions.jsonl'))).toMatchObject([{ id: 'svg-0' }]);
});

test('what is wrong with the dataset is said with file and line', async () => {
  const folder = await copyOfSample();
  const file = join(folder, 'bench.jsonl');
  const say = async (path: string, ...more: string[]) => {
    const { stderr, stdout, exitCode } = await bench([
      path,
      '--out',
      join(folder, 'out'),
      '--categories',
      'svg',
      ...more,
    ]);
    expect([exitCode, stdout]).toEqual([2, '']);
    return stderr;
  };
  expect(await say(join(folder, 'nowhere.jsonl'))).toBe(
    `verisim: There is no file ${join(folder, 'nowhere.jsonl')}. Give the path of the dataset's file.`,
  );
  await rm(join(folder, 'images', 'svg_pred.png'));
  expect(await say(file)).toBe(
    `verisim: ${file}:3: there is no picture ${join(folder, 'images', 'svg_pred.png')}. Download it, or name the folder of the pictures.`,
  );
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -40));
  expect(await say(file)).toContain(`${file}:3: the last line is cut off, so the file was half written.`);
  await writeFile(file, '{"id": 1, "category": "svg", "gt_img_path": "a.png"}\n');
  expect(await say(file)).toContain(`${file}:1: field "pred_img_path" is wrong`);
});
