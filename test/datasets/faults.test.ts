import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatasetError } from '../../core/errors.ts';
import { loadChartMimic } from '../../datasets/chartmimic.ts';
import { loadFolder } from '../../datasets/folder.ts';
import { loadJsonl } from '../../datasets/jsonl.ts';
import { loadOlmOcr } from '../../datasets/olmocr.ts';
import { loadOmniDocBench } from '../../datasets/omnidocbench.ts';
import { elementsOf } from '../../datasets/read/array.ts';
import { linesOf } from '../../datasets/read/lines.ts';
import { loadUniSvg } from '../../datasets/unisvg.ts';
import { loadVcRewardBench } from '../../datasets/vc-rewardbench.ts';
import { collect } from './collect.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/datasets/${path}`, import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verisim-datasets-'));
  await cp(fixture('jsonl/dot.png'), join(folder, 'dot.png'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The message of the DatasetError that a loader ends with. */
async function fault(loader: AsyncIterable<unknown>): Promise<string> {
  try {
    for await (const _ of loader);
  } catch (error) {
    if (error instanceof DatasetError) return error.message;
    throw error;
  }
  return 'no fault';
}

const line = (fields: object) => `${JSON.stringify(fields)}\n`;
const good = line({ image: 'dot.png', id: 'a', task: 'svg' });

describe('each fault names the file, the line and what to do', () => {
  test('a missing file', async () => {
    const path = join(folder, 'nowhere.jsonl');
    for (const loader of [
      loadJsonl(path),
      loadVcRewardBench(path),
      loadOmniDocBench(path),
      loadUniSvg(path),
      loadOlmOcr(path),
    ]) {
      expect(await fault(loader)).toContain(`${path}`);
    }
    expect(await fault(loadFolder(path, { task: 'svg' }))).toContain('There is no folder');
    expect(await fault(loadChartMimic(path, { task: 'direct' }))).toContain(
      'direct_600, direct_1800, ori_500',
    );
  });

  test('a half-written last line', async () => {
    const path = await file('half.jsonl', `${good}\n${good.slice(0, 20)}`);
    expect(await fault(loadJsonl(path))).toBe(
      `${path}:3: the last line is cut off, so the file was half written. Delete that line or write the file again.`,
    );
  });

  test('a line in the middle that is no JSON', async () => {
    const path = await file('broken.jsonl', `${good}{"image": dot.png}\n${good}`);
    expect(await fault(loadJsonl(path))).toContain(`${path}:2: this is no JSON`);
  });

  test('a field of the wrong type, missing, or of a value that is not known', async () => {
    const path = await file('wrong.jsonl', good + line({ image: 7 }));
    expect(await fault(loadJsonl(path))).toContain(`${path}:2: field "image" is wrong`);
    const bench = await file(
      'bench.jsonl',
      line({ id: '1', category: 'web', gt_img_path: 'a', pred_img_path: 'b' }),
    );
    expect(await fault(loadVcRewardBench(bench))).toContain(`${bench}:1: field "category" is wrong`);
    const tests = await file(
      'tests.jsonl',
      line({ pdf: 'a.pdf', page: 1, id: 'x', type: 'tables', cell: 'a' }),
    );
    expect(await fault(loadOlmOcr(tests))).toContain(`${tests}:1: field "type" is wrong`);
    const svg = await file('svg.json', '[\n {"type": "ISVGEN"}\n]');
    expect(await fault(loadUniSvg(svg))).toContain(`${svg}:2: the entry is wrong: neither {type, q_text`);
    const pages = await file(
      'pages.json',
      JSON.stringify([
        { layout_dets: [{ category_type: 'table', poly: [1, 2] }], page_info: { image_path: 'a' } },
      ]),
    );
    expect(await fault(loadOmniDocBench(pages))).toContain(`${pages}:1: field "layout_dets.0.poly" is wrong`);
  });

  test('a picture that is missing, is none, or lies outside the folder', async () => {
    const missing = await file('missing.jsonl', line({ image: 'nowhere.png', task: 'svg' }));
    expect(await fault(loadJsonl(missing))).toContain(
      `${missing}:1: there is no picture ${join(folder, 'nowhere.png')}`,
    );
    await file('text.png', 'This is text.');
    const text = await file('text.jsonl', line({ image: 'text.png', task: 'svg' }));
    const [sample] = await collect(loadJsonl(text));
    await expect(sample?.picture()).rejects.toThrow(`${text}:1: `);
    const outside = await file('outside.jsonl', line({ image: '../../etc/hostname', task: 'svg' }));
    expect(await fault(loadJsonl(outside))).toContain('lies outside');
    const absolute = await file('absolute.jsonl', line({ image: '/etc/hostname', task: 'svg' }));
    expect(await fault(loadJsonl(absolute))).toContain('lies outside');
  });

  test('an id that comes twice', async () => {
    const path = await file('twice.jsonl', good + good);
    expect(await fault(loadJsonl(path))).toBe(`${path}:2: the id "a" was given before, at ${path}:1.`);
  });

  test('a line without a task, and a language that the task has not', async () => {
    const none = await file('no-task.jsonl', line({ image: 'dot.png' }));
    expect(await fault(loadJsonl(none))).toContain(`${none}:1: no task.`);
    const other = await file(
      'language.jsonl',
      line({ image: 'dot.png', task: 'svg', code: 'x', language: 'html' }),
    );
    expect(await fault(loadJsonl(other))).toContain(`${other}:1: The task "svg" has no language "html"`);
  });

  test('an array that is cut off, is none, or has more after it', async () => {
    const half = await file('half.json', '[\n{"a": 1},\n{"b": ');
    expect(await fault(elementsOf(half))).toContain(`${half}:3: the file ends inside its array`);
    const none = await file('none.json', '{"a": 1}');
    expect(await fault(elementsOf(none))).toContain(`${none}:1: a JSON array`);
    const more = await file('more.json', '[1] 2');
    expect(await fault(elementsOf(more))).toContain('more after the end');
    const gap = await file('gap.json', '[1,,2]');
    expect(await fault(elementsOf(gap))).toContain('an element is missing');
  });

  test('a page of olmOCR-bench that was not drawn: the command that draws it', async () => {
    const tests = await file(
      'undrawn.jsonl',
      line({ pdf: 'a/b.pdf', page: 3, id: 'x', type: 'table', cell: 'a' }),
    );
    const [entry] = await collect(loadOlmOcr(tests));
    await expect(entry?.picture()).rejects.toThrow(
      'pdftoppm -r 150 -png -singlefile -f 3 -l 3 pdfs/a/b.pdf images/a/b_pg3',
    );
  });

  test('a ChartMimic folder without programs, or without a picture of one', async () => {
    const root = join(folder, 'chartmimic');
    await mkdir(join(root, 'direct_600'), { recursive: true });
    expect(await fault(loadChartMimic(root, { task: 'direct' }))).toContain('no Python file');
    await writeFile(join(root, 'direct_600', 'bar_1.py'), 'import matplotlib');
    expect(await fault(loadChartMimic(root, { task: 'direct' }))).toContain('bar_1.png');
    expect(await fault(loadChartMimic(root, { task: 'customized' }))).toContain('customized_600');
  });

  test('a folder without pictures, and two pictures of one name', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    expect(await fault(loadFolder(empty, { task: 'svg' }))).toContain('There is no picture in');
    await cp(fixture('jsonl/dot.png'), join(empty, 'dot.png'));
    await cp(fixture('jsonl/dot.png'), join(empty, 'dot.webp'));
    expect(await fault(loadFolder(empty, { task: 'svg' }))).toContain('both dot.png and dot.webp');
  });
});

describe('reading', () => {
  test('is streaming: the first entry comes before the fault that follows', async () => {
    const path = await file('stream.jsonl', `${good}no JSON\n`);
    const first = await loadJsonl(path).next();
    expect(first.value).toMatchObject({ id: 'a' });
  });

  test('ends when it is aborted', async () => {
    const path = await file('abort.jsonl', good);
    await expect(fault(loadJsonl(path, { signal: AbortSignal.abort(new Error('enough')) }))).rejects.toThrow(
      'enough',
    );
  });

  test('passes over blank lines and a byte order mark', async () => {
    const path = await file('bom.jsonl', `\uFEFF${good}\n   \n${good.replace('"a"', '"b"')}\r\n`);
    expect((await collect(loadJsonl(path))).map(({ source }) => source)).toEqual([`${path}:1`, `${path}:4`]);
  });

  test('any array of JSON comes apart into its elements, wherever the file is cut into chunks', async () => {
    const path = join(folder, 'any.json');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.constantFrom(0, 1, 2),
        async (values, indent) => {
          await writeFile(path, JSON.stringify(values, null, indent));
          const found = (await collect(elementsOf(path))).map(({ text }): unknown => JSON.parse(text));
          expect(found).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a large array is read chunk by chunk, its lines counted', async () => {
    const values = Array.from({ length: 3000 }, (_, index) => ({ index, text: '[{"]}\\é😀'.repeat(10) }));
    const path = await file(
      'large.json',
      `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`,
    );
    const found = await collect(elementsOf(path));
    expect(found).toHaveLength(3000);
    expect(found.at(-1)).toMatchObject({ line: 3001 });
    expect(JSON.parse(found.at(-1)?.text ?? '')).toEqual(values.at(-1));
  });

  test('lines are counted over chunks', async () => {
    const path = await file(
      'many.txt',
      Array.from({ length: 5000 }, (_, i) => `line ${i} ${'x'.repeat(40)}`).join('\n'),
    );
    const found = await collect(linesOf(path));
    expect(found).toHaveLength(5000);
    expect(found[4998]).toMatchObject({ line: 4999, last: false });
    expect(found[4999]).toMatchObject({ line: 5000, last: true });
  });
});
