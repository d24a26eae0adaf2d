import type { Layout, Placed } from './layout.ts';
import type { Span, Spans } from './spans.ts';
import { type Area, boundsOf } from './words.ts';

/** Heights of a capital that a text may stand off the middle of its rows. */
const OFF = 0.45;

/**
 * Joins cells of a column that each stand at the middle of several rows, where no ruling tells: the rows are
 * dealt to the cells so that each stands at the middle of its own. Where that cannot be, empty cells are empty.
 */
export function joinGroups(layout: Layout, spans: Spans, headRows: number): void {
  const { rows, placed, capHeight } = layout;
  for (let column = 0; column < spans.columns; column++) {
    const texts = new Map<Span, Placed[]>();
    for (const one of placed) {
      if (one.firstRow < headRows || one.piece.first !== column || one.piece.last !== column) continue;
      const span = spans.at(one.firstRow, column);
      texts.set(span, [...(texts.get(span) ?? []), one]);
    }
    const own = [...texts].map(([span, pieces]) => ({ span, ...boundsOf(pieces.map(({ piece }) => piece)) }));
    own.sort((a, b) => a.top - b.top);
    const halfway = own.some(({ span }) => span.rowspan > 1);
    const extents = extentsOf(layout, column);
    const few = own.length <= (rows.length - headRows) / 2;
    const astray = own.some((one) => Math.abs(offset(one, extents, one.span.row)) > OFF * capHeight);
    if (!halfway && !(column === 0 && own.length > 0 && (few || astray))) continue;
    const tiles = dealt(own, extents, headRows, capHeight);
    if (!tiles) continue;
    const wide = tiles.filter(({ first, last }) => last > first);
    // A first cell that begins below the first row stands at the middle of some; so do several that all fit.
    if (!halfway && wide.length < 2 && tiles[0] !== wide[0]) continue;
    for (const { first, last } of wide) spans.join(first, column, last, column);
  }
}

/** From where to where the text of each row stands, that of one column left aside. */
function extentsOf({ rows, placed }: Layout, column: number): Extent[] {
  return rows.map(({ middle }, row) => {
    const own = placed.filter(
      ({ piece, firstRow, lastRow }) => firstRow === row && lastRow === row && piece.first !== column,
    );
    return own.length === 0 ? { top: middle, bottom: middle } : boundsOf(own.map(({ piece }) => piece));
  });
}

type Extent = Pick<Area, 'top' | 'bottom'>;

/** How far the middle of some rows lies below that of a text. */
function offset({ top, bottom }: Extent, rows: readonly Extent[], first: number, last = first): number {
  return ((rows[first]?.top ?? 0) + (rows[last]?.bottom ?? 0)) / 2 - (top + bottom) / 2;
}

/**
 * Rows for each cell, in order and without a rest, so that its text stands at their middle: that of all their height,
 * as rows of several lines are higher than others.
 */
function dealt(
  own: readonly Extent[],
  rows: readonly Extent[],
  headRows: number,
  capHeight: number,
): { first: number; last: number }[] | undefined {
  const tiles: { first: number; last: number }[] = [];
  let first = headRows;
  for (const one of own) {
    let last = first;
    const off = () => offset(one, rows, first, last);
    while (last < rows.length - 1 && off() < -OFF * capHeight) last++;
    if (first >= rows.length || Math.abs(off()) > OFF * capHeight) return undefined;
    tiles.push({ first, last });
    first = last + 1;
  }
  return first === rows.length ? tiles : undefined;
}

/**
 * Joins rows that hold but one text, at the left, into one cell across: those whose text reaches over columns,
 * or is bold where the first column else is not.
 */
export function joinSections(
  layout: Layout,
  spans: Spans,
  headRows: number,
  isBold: (one: Placed) => boolean,
): void {
  const { rows, placed } = layout;
  const first = placed.filter(({ piece, firstRow }) => piece.first === 0 && firstRow >= headRows);
  const boldShare = first.filter(isBold).length / Math.max(1, first.length);
  for (let row = headRows; row < rows.length; row++) {
    const own = placed.filter((one) => row >= one.firstRow && row <= one.lastRow);
    const [only] = own;
    if (
      !only ||
      own.length > 1 ||
      only.piece.first !== 0 ||
      only.lastRow > only.firstRow ||
      spans.columns < 2
    )
      continue;
    if (only.piece.last > 0 || (isBold(only) && boldShare < 0.5)) spans.join(row, 0, row, spans.columns - 1);
  }
}
