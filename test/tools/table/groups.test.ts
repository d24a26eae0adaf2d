import { expect, it } from 'vitest';
import { joinGroups } from '../../../tools/table/groups.ts';
import type { Layout, Placed } from '../../../tools/table/layout.ts';
import { spansOf } from '../../../tools/table/spans.ts';

const text = (row: number, column: number, top: number, bottom: number): Placed => ({
  piece: { left: 0, right: 50, top, bottom, first: column, last: column, words: [] },
  firstRow: row,
  lastRow: row,
});

/** A row of heads, a row of three lines, and two of two; the first column's two texts stand where they are given. */
function groupsOf(first: Placed, second: Placed): string[] {
  const rows = [0, 30, 100, 150].map((top, row) => ({
    top,
    bottom: [30, 100, 150, 200][row] ?? 0,
    middle: top + 20,
  }));
  const rest = [text(0, 1, 10, 20), text(1, 1, 40, 90), text(2, 1, 110, 140), text(3, 1, 160, 190)];
  const layout: Layout = {
    rows,
    placed: [first, second, ...rest],
    edges: [0, 100, 200],
    walls: [undefined],
    lattice: false,
    ruledRows: true,
    capHeight: 10,
    space: 4,
    outside: [],
  };
  const spans = spansOf(4, 2);
  joinGroups(layout, spans, 1);
  return spans.all().flatMap(({ row, column, rowspan }) => (column === 0 ? [`${row} ${rowspan}`] : []));
}

it('gives a text to the rows whose whole height it stands in the middle of, some higher than others', () => {
  expect(groupsOf(text(1, 0, 85, 95), text(3, 0, 170, 180))).toEqual(['0 1', '1 2', '3 1']);
});

it('leaves a text to its own row where it stands in the middle of that', () => {
  expect(groupsOf(text(1, 0, 60, 70), text(3, 0, 170, 180))).toEqual(['0 1', '1 1', '2 1', '3 1']);
});
