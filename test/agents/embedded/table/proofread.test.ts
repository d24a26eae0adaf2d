import { afterAll, describe, expect, it } from 'vitest';
import { confidenceOf } from '../../../../agents/embedded/table/confidence.ts';
import type { TableDraft } from '../../../../agents/embedded/table/draft.ts';
import { tableJudge } from '../../../../agents/embedded/table/judge.ts';
import { nearSpellings } from '../../../../agents/embedded/table/near-spellings.ts';
import { proofread } from '../../../../agents/embedded/table/proofread.ts';
import { readTable, type TableReading } from '../../../../agents/embedded/table/read.ts';
import { openOcr } from '../../../../tools/ocr/ocr.ts';
import { openBrowser } from '../../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../../tools/render/html.ts';

const renderer = htmlRenderer({ browser: openBrowser({ allowUnsandboxed: true }) });
const ocr = openOcr();
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

const code = `<table style="font:16px 'Times New Roman',serif"><tr><th>Article</th><th>Remarks</th><th>Mean</th></tr>
<tr><td>Drive belt</td><td>kept away from light</td><td>104.843</td></tr>
<tr><td>Power supply</td><td>three times in a row</td><td>23.54</td></tr>
<tr><td>Control board</td><td>sold with the base unit</td><td>31.1</td></tr>
<tr><td>Steel bolt</td><td>stored in the office</td><td>7.25</td></tr></table>`;

async function reading(): Promise<TableReading> {
  const drawn = await renderer.render({ code });
  if (drawn.kind !== 'rendered') throw new Error(drawn.message);
  const read = await readTable(drawn.picture, { ocr, renderer });
  if (read.kind !== 'table') throw new Error(read.reason);
  return read;
}

/** What was read, but for one word. */
function draftOf({ structure, looks, texts, font }: TableReading, from: string, to: string): TableDraft {
  const { rows, columns, headRows, cells } = structure;
  return {
    rows,
    columns,
    headRows,
    ...(font && { font }),
    cells: cells.map((cell, index) => ({
      ...cell,
      text: (texts[index]?.text ?? '').replace(from, to),
      look: looks[index] ?? { align: 'left', bold: false },
    })),
  };
}

async function judged(read: TableReading, from: string, to: string) {
  const one = await tableJudge(read, renderer)(draftOf(read, from, to));
  if (!one) throw new Error('the draft does not render');
  return one;
}

describe.skipIf(!(await ocr.available()))('proofreading of tables', () => {
  it.each([
    ['away', 'avay'],
    ['row', 'TOW'],
    ['belt', 'belit'],
    ['31.1', '311'],
  ])('reads %s where it was read as %s', async (right, wrong) => {
    const read = await reading();
    const draft = await proofread(read, await judged(read, right, wrong), renderer);
    const texts = draft.cells.map(({ text }) => text);
    expect(texts).toEqual(draftOf(read, right, right).cells.map(({ text }) => text));
    expect(texts.join(' ')).toContain(right);
  });

  it('leaves a table alone that covers its picture', async () => {
    const read = await reading();
    const right = await judged(read, 'row', 'row');
    expect(await proofread(read, right, renderer)).toBe(right.draft);
    expect(confidenceOf(read, right)).toBeGreaterThan(0.8);
  });

  it('does not trust a table with a word that no spelling mends', async () => {
    const read = await reading();
    expect(confidenceOf(read, await judged(read, 'Control', 'Quarterly'))).toBeLessThan(0.5);
  });
});

describe('near spellings', () => {
  it('have one letter otherwise, one less, or two for one', () => {
    const near = nearSpellings('Qg9m');
    expect(near).toEqual(expect.arrayContaining(['Q9m', 'Og9m', 'Qg9rn', 'Qy9m']));
    expect(near).not.toContain('Qg9m');
    expect(new Set(near).size).toBe(near.length);
  });

  it('take a word of capitals for one of small letters too', () => {
    expect(nearSpellings('TOW')).toEqual(expect.arrayContaining(['tow', 'row']));
    expect(nearSpellings('Tow')).not.toContain('row');
  });
});
