import { unlikeness } from '../../../table/likeness.ts';
import { textSimilarity } from '../../../table/same-text.ts';
import { type Alignment, align } from './align.ts';
import { ownerAt, type Side } from './side.ts';

/** Which rows and columns of two tables belong together. */
export interface Match {
  readonly rows: Alignment;
  readonly columns: Alignment;
}

/** Larger tables are compared by looks of whole texts less often: pairs of cells beyond this are not looked at. */
const MOST_LOOKS = 4_000;

/** Matches rows and columns by what their cells say, or look like where nothing is read. */
export function matchOf(reference: Side, candidate: Side): Match {
  const similarity = cellSimilarity(reference, candidate);
  const { structure: a } = reference;
  const { structure: b } = candidate;
  // Columns first by the texts that they share whatever the row, then again by rows and columns in turn.
  const shared = sharedTexts(reference, candidate);
  let columns = align(a.columns, b.columns, (p, q) => shared(p, q));
  let rows = align(a.rows, b.rows, rowSimilarity(columns, similarity));
  columns = align(a.columns, b.columns, columnSimilarity(rows, similarity));
  rows = align(a.rows, b.rows, rowSimilarity(columns, similarity));
  return { rows, columns };
}

type Places = (rowA: number, columnA: number, rowB: number, columnB: number) => number;

function cellSimilarity(a: Side, b: Side): Places {
  const known = new Map<number, number>();
  let looks = 0;
  return (rowA, columnA, rowB, columnB) => {
    const [p, q] = [ownerAt(a, rowA, columnA), ownerAt(b, rowB, columnB)];
    const key = p * b.owners.length + q;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [textA = '', textB = ''] = [a.plain[p], b.plain[q]];
    const [shapeA = [], shapeB = []] = [a.shapes[p], b.shapes[q]];
    const value =
      a.reader || looks++ > MOST_LOOKS
        ? textSimilarity(textA, textB)
        : 1 - Math.min(1, 1.6 * unlikeness(shapeA, shapeB));
    known.set(key, value);
    return value;
  };
}

function rowSimilarity(columns: Alignment, similarity: Places): (a: number, b: number) => number {
  const pairs = [...columns.pairs, ...columns.moved];
  return (rowA, rowB) => mean(pairs.map(([a, b]) => similarity(rowA, a, rowB, b)));
}

function columnSimilarity(rows: Alignment, similarity: Places): (a: number, b: number) => number {
  const pairs = [...rows.pairs, ...rows.moved];
  return (columnA, columnB) => mean(pairs.map(([a, b]) => similarity(a, columnA, b, columnB)));
}

/** Share of the texts of two columns that both have, and a little for standing at the same place. */
function sharedTexts(a: Side, b: Side): (columnA: number, columnB: number) => number {
  const textsOf = (side: Side, column: number) =>
    Array.from(
      { length: side.structure.rows },
      (_, row) => side.plain[ownerAt(side, row, column)] ?? '',
    ).filter((text) => text !== '');
  const left = Array.from({ length: a.structure.columns }, (_, column) => textsOf(a, column));
  const right = Array.from(
    { length: b.structure.columns },
    (_, column) => new Map(count(textsOf(b, column))),
  );
  return (columnA, columnB) => {
    const texts = left[columnA] ?? [];
    const others = new Map(right[columnB]);
    const size = texts.length + [...others.values()].reduce((sum, one) => sum + one, 0);
    let both = 0;
    for (const text of texts) {
      const rest = others.get(text) ?? 0;
      if (rest > 0) both++;
      others.set(text, rest - 1);
    }
    const same = a.structure.columns === b.structure.columns && columnA === columnB ? 0.35 : 0;
    return Math.min(1, (size === 0 ? 0 : (2 * both) / size) + same);
  };
}

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
