import { afterAll, describe, expect, it } from 'vitest';
import { openCorrupter } from '../../../datasets/corrupt/corrupt.ts';
import { isTrace } from '../../../metrics/chartmimic/trace.ts';
import { chartTracer } from '../../../metrics/chartmimic/tracer.ts';
import { descendants, parseHtml, textOf } from '../../../metrics/table/html.ts';
import { Config } from '../../../runtime/config.ts';
import { openRenderers } from '../../../runtime/renderers.ts';
import { codes } from './codes.ts';

const renderers = openRenderers(Config.parse({}));
const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
afterAll(async () => {
  await corrupter.close();
  await renderers.close();
});

const seeds = Array.from({ length: 25 }, (_, index) => index);

/** Texts of a table's cells, row by row. */
function gridOf(html: string): string[][] {
  const rows = descendants(parseHtml(html), ({ name }) => name === 'tr');
  return rows.map((row) =>
    descendants(row, ({ name }) => name === 'td' || name === 'th').map((cell) => textOf(cell).trim()),
  );
}

async function damagedTable(operator: string, seed: number, code: string = codes.html) {
  const options = { task: 'table', seed, operators: [operator], check: false };
  const damaged = await corrupter.corrupt(code, options);
  const [discrepancy] = damaged.discrepancies;
  return { grid: gridOf(damaged.code), discrepancy };
}

describe('labels of tables', () => {
  const clean = gridOf(codes.html);
  const inCells = ['digit-changed', 'digits-swapped', 'digit-lost', 'point-moved', 'sign-changed'];

  it.each([...inCells, 'text-misspelt', 'word-changed', 'header-changed', 'words-lost', 'case-changed'])(
    '%s changes the text of one cell, from what the label says to what it says',
    async (operator) => {
      for (const seed of seeds) {
        const { grid, discrepancy } = await damagedTable(operator, seed);
        const places = grid.flatMap((row, r) =>
          row.flatMap((text, c) => (text === clean[r]?.[c] ? [] : [{ r, c, text, before: clean[r]?.[c] }])),
        );
        expect(places).toHaveLength(1);
        const [place] = places;
        const [, after = '', before = ''] =
          /reads "(.*)"; it should read "(.*)"/.exec(discrepancy?.description ?? '') ?? [];
        expect(place?.text).toContain(after);
        expect(place?.before).toContain(before);
        expect(discrepancy?.location).toContain(`row ${(place?.r ?? 0) + 1}`);
      }
    },
  );

  it('row-missing takes away the row that it names', async () => {
    for (const seed of seeds) {
      const { grid, discrepancy } = await damagedTable('row-missing', seed);
      const gone = clean.filter((row) => !grid.some((other) => other[0] === row[0]));
      expect(gone).toHaveLength(1);
      expect(discrepancy?.description).toContain(gone[0]?.[0]);
    }
  });

  it('column-missing shortens every row by the column that it names', async () => {
    for (const seed of seeds) {
      const { grid, discrepancy } = await damagedTable('column-missing', seed, codes.plainHtml);
      const column = discrepancy?.description.includes('Name') ? 0 : 1;
      expect(grid).toEqual(gridOf(codes.plainHtml).map((row) => row.toSpliced(column, 1)));
    }
  });

  it('numbers that are far off are severe, those hardly off are not', async () => {
    const code = '<table><tr><th>N</th><th>M</th></tr><tr><td>a</td><td>98765.4</td></tr></table>';
    for (const seed of seeds) {
      const { grid, discrepancy } = await damagedTable('digit-changed', seed, code);
      const off = Math.abs(Number(grid[1]?.[1]) - 98765.4) / Math.max(Number(grid[1]?.[1]), 98765.4);
      expect(discrepancy?.severity).toBe(off >= 0.1 ? 3 : off >= 0.01 ? 2 : 1);
    }
  });
});

describe('labels of charts', () => {
  const trace = chartTracer(renderers.of('matplotlib'));
  async function drawn(code: string) {
    const traced = await trace(code);
    if (!isTrace(traced)) throw new Error(traced.message);
    return traced;
  }
  async function damagedChart(operator: string) {
    const options = { task: 'chart', seed: 2, operators: [operator], check: false };
    const damaged = await corrupter.corrupt(codes.matplotlib, options);
    return { traced: await drawn(damaged.code), description: damaged.discrepancies[0]?.description ?? '' };
  }

  it('say what a text was and became', async () => {
    const clean = await drawn(codes.matplotlib);
    for (const operator of ['title-changed', 'unit-changed', 'axis-label-changed', 'text-misspelt']) {
      const { traced, description } = await damagedChart(operator);
      const [, after = '', before = ''] = /reads "(.*)"; it should read "(.*)"/.exec(description) ?? [];
      if (operator === 'text-misspelt' && !clean.texts.includes(before)) continue;
      expect(clean.texts, description).toContain(before);
      expect(traced.texts, description).toContain(after);
      expect(traced.texts, description).not.toContain(before);
    }
  });

  it('say what is missing', async () => {
    const clean = await drawn(codes.matplotlib);
    const title = await damagedChart('title-missing');
    expect(clean.texts).toContain('Journeys 𝄞 each season');
    expect(title.traced.texts).not.toContain('Journeys 𝄞 each season');
    const series = await damagedChart('series-missing');
    const calls = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(calls(series.traced.calls)).toBe(calls(clean.calls) - 1);
  });

  it('keep what was not damaged as it was written', async () => {
    const options = { task: 'chart', seed: 2, operators: ['title-changed'], check: false };
    const { code } = await corrupter.corrupt(codes.matplotlib, options);
    const [before, after] = [codes.matplotlib.split('\n'), code.split('\n')];
    const changed = before.filter((line, index) => line !== after[index]);
    expect(changed).toEqual(['left.set_title("Journeys 𝄞 each season", fontsize=10)']);
  });
});
