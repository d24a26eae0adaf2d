import type { Layout, Placed } from './layout.ts';
import type { Spans } from './spans.ts';
import { covers } from './walls.ts';

/**
 * Number of head rows: those above the first ruling where rulings part only some rows, else the first one;
 * and in any case the rows that its cells reach down to, and those below heads of several columns.
 */
export function headRowsOf({ rows, ruledRows }: Layout, spans: Spans): number {
  if (rows.length < 2) return 0;
  const first = rows.findIndex(({ cut }, row) => row > 0 && cut !== undefined);
  let count = !ruledRows && first > 0 && first <= Math.min(3, rows.length / 2) ? first : 1;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < spans.columns; column++) {
      const { row: top, rowspan, colspan } = spans.at(row, column);
      if (colspan === spans.columns) continue;
      count = Math.max(count, top + rowspan, colspan > 1 && rowspan === 1 ? row + 2 : 0);
    }
  }
  return Math.min(count, rows.length - 1);
}

/**
 * Joins heads that no ruling tells the reach of: a head over several columns stands over their middle or at
 * their left, and a head of one column takes the empty places above and below it.
 */
export function joinHeads({ placed, edges }: Layout, spans: Spans, headRows: number): void {
  for (let row = 0; row < headRows - 1; row++) {
    const heads = placed.filter(({ firstRow, lastRow }) => firstRow === row && lastRow === row);
    const isHeaded = (column: number) =>
      placed.some(
        (one) => one.firstRow > row && one.firstRow < headRows && covers(one, one.firstRow, column),
      );
    for (const group of runs(spans.columns, isHeaded)) {
      const own = heads.filter(({ piece }) => piece.first >= group.first && piece.last <= group.last);
      if (own.length === 0) continue;
      for (const { first, last } of partition(group, own, placed, edges, row)) {
        if (last > first) spans.join(row, first, row, last);
      }
    }
  }
  for (let column = 0; column < spans.columns; column++) {
    for (let row = 1; row < headRows; row++) {
      const [above, below] = [spans.at(row - 1, column), spans.at(row, column)];
      if (above === below || above.colspan !== below.colspan || above.column !== below.column) continue;
      const filled = [above, below].map((span) =>
        placed.some(
          (one) =>
            covers(one, span.row, span.column) || covers(one, span.row, span.column + span.colspan - 1),
        ),
      );
      if (filled[0] !== filled[1] || (!filled[0] && column === 0)) spans.join(row - 1, column, row, column);
    }
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function runs(count: number, is: (index: number) => boolean): Range[] {
  const found: Range[] = [];
  for (let first = 0; first < count; first++) {
    if (!is(first)) continue;
    let last = first;
    while (last + 1 < count && is(last + 1)) last++;
    found.push({ first, last });
    first = last;
  }
  return found;
}

/** Deals the columns of a group to the heads above it so that each stands best over its own. */
function partition(
  { first, last }: Range,
  heads: readonly Placed[],
  placed: readonly Placed[],
  edges: readonly number[],
  row: number,
): Range[] {
  const sorted = [...heads].sort((a, b) => a.piece.left - b.piece.left);
  const extent = (from: number, to: number) => {
    const own = placed
      .filter((one) => one.firstRow > row && one.piece.first >= from && one.piece.last <= to)
      .map(({ piece }) => piece);
    return own.length === 0
      ? { left: edges[from] ?? 0, right: edges[to + 1] ?? 0 }
      : { left: Math.min(...own.map(({ left }) => left)), right: Math.max(...own.map(({ right }) => right)) };
  };
  const cost = ({ piece }: Placed, from: number, to: number): number => {
    const { left, right } = extent(from, to);
    return Math.min(Math.abs(piece.left + piece.right - left - right) / 2, Math.abs(piece.left - left) + 1);
  };
  const known = new Map<string, Dealt | undefined>();
  const best = (index: number, from: number): Dealt | undefined => {
    const head = sorted[index];
    if (!head) return from > last ? { total: 0, ranges: [] } : undefined;
    const key = `${index} ${from}`;
    if (known.has(key)) return known.get(key);
    const until = sorted[index + 1]?.piece.first ?? last + 1;
    let chosen: Dealt | undefined;
    for (let end = head.piece.last; end < until; end++) {
      const rest = best(index + 1, end + 1);
      const total = (rest?.total ?? Infinity) + cost(head, from, end);
      if (rest && total < (chosen?.total ?? Infinity))
        chosen = { total, ranges: [{ first: from, last: end }, ...rest.ranges] };
    }
    known.set(key, chosen);
    return chosen;
  };
  return best(0, first)?.ranges ?? [];
}

interface Dealt {
  readonly total: number;
  readonly ranges: Range[];
}
