import { describe, expect, it } from 'vitest';
import { mayBeOne, mayBeTwo } from '../../../../agents/embedded/table/confidence.ts';

const rows = [
  { top: 0, bottom: 40, middle: 20 },
  { top: 40, bottom: 80, middle: 60 },
];
const line = (top: number) => ({ left: 0, right: 90, top, bottom: top + 12, first: 0, last: 0, words: [] });
const over = (...tops: number[]) => ({
  row: 0,
  column: 0,
  rowspan: 2,
  colspan: 1,
  head: false,
  area: { left: 0, right: 100, top: 0, bottom: 80 },
  pieces: tops.map(line),
});

it('doubts a cell over two rows whose text stands in both, unless rulings bound it', () => {
  const layout = { rows, lattice: false };
  expect(mayBeTwo({ cells: [over(5, 22, 45, 62)], layout })).toBe(true);
  expect(mayBeTwo({ cells: [over(34)], layout })).toBe(false);
  expect(mayBeTwo({ cells: [over(5, 22, 45, 62)], layout: { rows, lattice: true } })).toBe(false);
});

describe('rows as close as lines of one cell', () => {
  const cell = (row: number, ...tops: number[]) => ({ ...over(...tops), row, rowspan: 1 });
  const plain = { rows: [{}, {}, {}] };

  it('are doubted, unless a ruling parts them', () => {
    const cells = [cell(0, 0, 20), cell(1, 40), cell(2, 74)];
    expect(mayBeOne({ cells, layout: plain })).toBe(true);
    const cut = { at: 36, stretches: [] };
    expect(mayBeOne({ cells, layout: { rows: [{}, { cut }, {}] } })).toBe(false);
  });

  it('are told by the lines of the table itself', () => {
    expect(mayBeOne({ cells: [cell(0, 0, 20), cell(1, 46)], layout: plain })).toBe(false);
    expect(mayBeOne({ cells: [cell(0, 0), cell(1, 20)], layout: plain })).toBe(false);
  });
});
