import type { Layout, Placed } from './layout.ts';
import { coverage } from './lines.ts';
import type { Span, Spans } from './spans.ts';

/** A ruling that runs along less than this share of a side is not there. */
const PRESENT = 0.35;

/** Joins what rulings leave open: where a ruling parts other rows or columns but not these. */
export function joinOpen(layout: Layout, spans: Spans): void {
  openAcross(layout, spans);
  openAlong(layout, spans);
}

/**
 * Cells of a column, where the rulings between their rows do not run along it. Without walls between columns
 * too, this joins empty cells to one that holds text, but no two that do.
 */
function openAcross({ rows, edges, placed, lattice }: Layout, spans: Spans): void {
  const isOpen = (row: number, column: number) => {
    const cut = rows[row]?.cut;
    if (!cut) return false;
    const [from, to] = [edges[column] ?? 0, edges[column + 1] ?? 0];
    const inset = 0.15 * (to - from);
    return coverage(cut, { from: from + inset, to: to - inset }) < PRESENT;
  };
  const columns = Array.from({ length: spans.columns }, (_, column) => column);
  // A ruling that is missing along every column stands beside the table.
  const partly = rows.map((_, row) => row > 0 && !columns.every((column) => isOpen(row, column)));
  for (const column of columns) {
    for (let first = 0; first < spans.rows; first++) {
      let last = first;
      while (last + 1 < spans.rows && partly[last + 1] && isOpen(last + 1, column)) last++;
      if (
        last > first &&
        (lattice || textsIn(spans.reach(first, column, last, column), placed, spans) === 1)
      ) {
        spans.join(first, column, last, column);
      }
      first = last;
    }
  }
}

/** Cells of one row, where the rulings between their columns are not drawn and at most one holds text. */
function openAlong({ rows, walls, placed }: Layout, spans: Spans): void {
  const isMissing = (column: number, row: number) => {
    const { top = 0, bottom = 0 } = rows[row] ?? {};
    const inset = 0.2 * (bottom - top);
    const wall = walls[column];
    return wall !== undefined && coverage(wall, { from: top + inset, to: bottom - inset }) < PRESENT;
  };
  // Where a wall is missing along most rows, it is the side of shaded cells.
  const trusted = walls.map(
    (wall, column) =>
      wall !== undefined && rows.filter((_, row) => isMissing(column, row)).length <= rows.length / 2,
  );
  rows.forEach((_, row) => {
    const isOpen = (column: number) => trusted[column] === true && isMissing(column, row);
    for (let first = 0; first < spans.columns; first++) {
      let last = first;
      while (last < walls.length && isOpen(last)) last++;
      const texts = new Set(
        placed
          .filter((one) => onRow(one, row) && one.piece.last >= first && one.piece.first <= last)
          .map(({ piece }) => piece.first),
      );
      if (last > first && texts.size <= 1) spans.join(row, first, row, last);
      first = last;
    }
  });
}

export function covers({ piece, firstRow, lastRow }: Placed, row: number, column: number): boolean {
  return row >= firstRow && row <= lastRow && column >= piece.first && column <= piece.last;
}

function onRow({ firstRow, lastRow }: Placed, row: number): boolean {
  return row >= firstRow && row <= lastRow;
}

/** Number of cells with text in a rectangle. */
function textsIn({ row, column, rowspan, colspan }: Span, placed: readonly Placed[], spans: Spans): number {
  const inside = placed.filter(
    ({ piece, firstRow, lastRow }) =>
      firstRow < row + rowspan && lastRow >= row && piece.first < column + colspan && piece.last >= column,
  );
  return new Set(inside.map(({ piece, firstRow }) => spans.at(firstRow, piece.first))).size;
}
