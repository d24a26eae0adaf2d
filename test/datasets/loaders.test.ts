import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadChartMimic } from '../../datasets/chartmimic.ts';
import { loadFolder } from '../../datasets/folder.ts';
import { loadJsonl } from '../../datasets/jsonl.ts';
import { loadOlmOcr } from '../../datasets/olmocr.ts';
import { loadOmniDocBench } from '../../datasets/omnidocbench.ts';
import { loadUniSvg } from '../../datasets/unisvg.ts';
import { loadVcRewardBench } from '../../datasets/vc-rewardbench.ts';
import { pixelsOf } from '../../tools/image/pixels.ts';
import { collect } from './collect.ts';

const at = (path: string) => fileURLToPath(new URL(`../fixtures/datasets/${path}`, import.meta.url));

describe('VC-RewardBench', () => {
  test('items as published: labels, and the two pictures', async () => {
    const items = await collect(loadVcRewardBench(at('vc-rewardbench/bench.jsonl')));
    expect(items.map(({ id, category, human_errors }) => [id, category, human_errors.length])).toEqual([
      ['chart-0', 'chart', 2],
      ['table-0', 'table', 1],
      ['svg-0', 'svg', 0],
    ]);
    const [first] = items;
    expect(await first?.reference()).toMatchObject({ width: 60, height: 40 });
    expect((await first?.candidate())?.digest).not.toBe((await first?.reference())?.digest);
    expect(first?.source).toMatch(/bench\.jsonl:1$/);
  });

  test("predictions in the official script's one array, a failed one included", async () => {
    const items = await collect(loadVcRewardBench(at('vc-rewardbench/predictions.json')));
    expect(items.map(({ pred_json }) => pred_json?.errors?.length ?? null)).toEqual([1, 1, null]);
    expect(items[0]?.pred_json?.errors?.[0]).toMatchObject({ category: 'data_error', severity: 2 });
  });
});

describe('ChartMimic', () => {
  test('newer release, direct: the golden picture is what is shown, in natural order', async () => {
    const samples = await collect(loadChartMimic(at('chartmimic/iclr'), { task: 'direct' }));
    expect(samples.map(({ id }) => id)).toEqual([
      'direct_600/bar_9',
      'direct_600/bar_10',
      'direct_600/line_1',
    ]);
    const [first, , last] = samples;
    expect(first).toMatchObject({
      task: 'chart',
      language: 'matplotlib',
      instructions: 'Use figsize=(4, 3).',
      groups: { type: 'bar', split: 'direct_600' },
    });
    expect(first?.code).toContain('ax.bar(');
    expect(last).not.toHaveProperty('instructions');
    expect((await first?.picture())?.digest).toBe((await first?.goldenPicture())?.digest);
  });

  test('newer release, customized: the style picture, the instruction and the data', async () => {
    const [sample, ...others] = await collect(loadChartMimic(at('chartmimic/iclr'), { task: 'customized' }));
    expect(others).toEqual([]);
    expect(sample?.instructions).toBe(
      'Draw these visitors in the style of the picture.\nUse figsize=(4, 3).',
    );
    expect(sample?.data).toBe('names = ["North", "South"]\nvalues = [30, 12]');
    const [direct] = await collect(loadChartMimic(at('chartmimic/iclr'), { task: 'direct' }));
    expect((await sample?.picture())?.digest).toBe((await direct?.picture())?.digest);
    expect((await sample?.goldenPicture())?.digest).not.toBe((await sample?.picture())?.digest);
  });

  test('older release: its folders, and the pictures that its list names', async () => {
    const direct = await collect(loadChartMimic(at('chartmimic/old'), { task: 'direct' }));
    const [customized] = await collect(loadChartMimic(at('chartmimic/old'), { task: 'customized' }));
    expect(direct.map(({ id, instructions }) => [id, instructions])).toEqual([
      ['ori_500/line_3', 'Write the code of this picture.'],
      ['ori_500/line_4', undefined],
    ]);
    expect(customized?.instructions).toBe('Draw this data like the picture.');
    expect((await customized?.picture())?.digest).toBe((await direct[1]?.picture())?.digest);
  });

  test("one of the release's folders may be given instead of the whole", async () => {
    const samples = await collect(
      loadChartMimic(at('chartmimic/iclr/customized_600'), { task: 'customized' }),
    );
    expect(samples.map(({ id }) => id)).toEqual(['customized_600/bar_9']);
  });
});

describe('OmniDocBench', () => {
  test('tables with their HTML and groups; pages without a table are passed over, and need no picture', async () => {
    const samples = await collect(loadOmniDocBench(at('omnidocbench/OmniDocBench.json')));
    expect(samples.map(({ id, page }) => [id, page])).toEqual([
      ['page_1.png#1', 'page_1.png'],
      ['page_1.png#2', 'page_1.png'],
    ]);
    expect(samples[0]).toMatchObject({
      task: 'table',
      language: 'html',
      code: '<table><tr><td>Apple</td><td>1.20</td></tr></table>',
      groups: { data_source: 'book', language: 'table_en', with_span: 'false', line: 'full_line' },
    });
    expect(samples[0]?.groups).not.toHaveProperty('special_issue');
  });

  test('an upright table is its box, a slanted one is white outside its polygon', async () => {
    const [upright, slanted] = await collect(loadOmniDocBench(at('omnidocbench/OmniDocBench.json')));
    const box = await upright?.picture();
    expect(box).toMatchObject({ width: 80, height: 40 });
    const picture = await slanted?.picture();
    expect(picture).toMatchObject({ width: 60, height: 40 });
    if (!picture) throw new Error('no picture');
    const { data, width } = await pixelsOf(picture);
    const colour = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    expect(colour(0, 0)).toEqual([255, 255, 255]);
    expect(colour(30, 20)).toEqual([225, 29, 72]);
  });
});

describe('olmOCR-bench', () => {
  test('table tests alone, with their page', async () => {
    const entries = await collect(loadOlmOcr(at('olmocr')));
    expect(entries.map(({ id, page, file }) => [id, page, file])).toEqual([
      ['report_0', 'report_pg1', 'table_tests.jsonl'],
      ['report_1', 'report_pg1', 'table_tests.jsonl'],
    ]);
    expect(entries[0]?.test).toMatchObject({ cell: '1.20', left: '1.00', top_heading: 'New', max_diffs: 0 });
    expect(await entries[0]?.picture()).toMatchObject({ width: 160, height: 120 });
    expect(await collect(loadOlmOcr(at('olmocr/table_tests.jsonl')))).toHaveLength(2);
  });
});

describe('UniSVG', () => {
  test.for(['test.json', 'train.json'])('%s: only pictures that are to be drawn', async (file) => {
    const [sample, ...others] = await collect(loadUniSvg(at(`unisvg/${file}`)));
    expect(others).toEqual([]);
    expect(sample).toMatchObject({
      task: 'svg',
      language: 'svg',
      instructions: 'Write an SVG of this picture.',
    });
    expect(sample?.code).toMatch(/^<svg .*<\/svg>$/);
    expect(await sample?.picture()).toMatchObject({ width: 48, height: 48 });
  });
});

describe('a plain folder', () => {
  test('pictures in natural order, with the code that lies beside them', async () => {
    const samples = await collect(loadFolder(at('folder'), { task: 'svg' }));
    expect(samples.map(({ id, language }) => [id, language])).toEqual([
      ['icon_9', undefined],
      ['icon_10', 'svg'],
    ]);
    expect(samples[1]?.code).toContain('<circle');
    expect(await samples[0]?.picture()).toMatchObject({ width: 48 });
  });
});

describe('generic JSONL', () => {
  test('code in the line or in a file, the task of the line or of the whole file', async () => {
    const samples = await collect(loadJsonl(at('jsonl/set.jsonl'), { task: 'chart' }));
    expect(samples.map(({ id, task, language, groups }) => [id, task, language, groups])).toEqual([
      ['dot.png', 'svg', 'svg', { shape: 'circle' }],
      ['again', 'svg', 'svg', {}],
      ['bare', 'chart', undefined, {}],
    ]);
    expect(samples[1]?.code?.trim()).toBe(samples[0]?.code);
    expect(samples[1]?.instructions).toBe('Keep it short.');
  });
});
