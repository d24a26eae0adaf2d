import { linesOf } from '../../../tools/table/pieces.ts';
import type { Structure } from '../../../tools/table/structure.ts';
import { boundsOf } from '../../../tools/table/words.ts';
import type { Judged } from './judge.ts';
import type { TableReading } from './read.ts';

/** A cell that looks this much less like the picture than the usual one is doubtful. */
const OUTLIER = 0.12;
/** The reader itself is unsure below this. */
const UNSURE = 0.85;
/** Tiny letters, and rows, columns or joined cells that come out otherwise, make the reading a partial one. */
const PARTIAL = 0.4;
/** Height of capitals in the picture, in pixels, below which letters run into each other and readings are guesses. */
const TINY = 7.5;
/** Texts shorter than this look like little at all. */
const SHORT = 2;
/** A word that covers the picture so much less closely than usual says something else. */
const MISFIT = 0.26;

/** Cells whose text is in doubt, the worst first: those that look unlike, and those that the reader is unsure of. */
export function doubtfulIn({ texts }: TableReading, { cells, draft }: Judged): number[] {
  const usual = usualOf({ cells, draft });
  const doubt = (index: number) => {
    const unlike = (cells[index] ?? 1) - usual;
    const unsure = UNSURE - (texts[index]?.confidence ?? 1);
    return Math.max(unlike / OUTLIER, unsure > 0 ? 1 + unsure : 0);
  };
  return draft.cells
    .flatMap(({ text }, index) => (text.length >= SHORT && doubt(index) >= 1 ? [index] : []))
    .sort((a, b) => doubt(b) - doubt(a));
}

/**
 * How far a reading can be trusted, 0 to 1, by independent signs: how large and how sure the letters were, how
 * many cells look another way in the render, and whether the render's rows and columns are the same.
 */
export function confidenceOf(reading: TableReading, judged: Judged): number {
  const { texts, structure } = reading;
  const capHeight = structure.scan.capHeight / structure.enlarged;
  const { cells, draft, sameGrid, misfits } = judged;
  const usual = usualOf(judged);
  const filled = draft.cells.flatMap(({ text }, index) => (text === '' ? [] : [index]));
  const sure = mean(filled.map((index) => texts[index]?.confidence ?? 0));
  const letters = Math.min(1, 0.2 + 0.9 * sure);
  const odd = filled.filter(
    (index) => (draft.cells[index]?.text.length ?? 0) >= SHORT && (cells[index] ?? 1) - usual > 2 * OUTLIER,
  ).length;
  const looks = 1 - Math.min(1, (4 * odd) / Math.max(1, filled.length)) * 0.5;
  const alike = 1 - Math.max(0, usual - 0.3);
  const misread = misfits.some((words) => words?.some((misfit) => misfit > MISFIT));
  const doubtful = overlaps(structure) || mayBeTwo(structure) || mayBeOne(structure);
  const whole = sameGrid && capHeight >= TINY && !misread && !doubtful;
  return Number(Math.min(whole ? 1 : PARTIAL, letters * looks * alike).toFixed(3));
}

/** Rows whose text stands beside that of the next are no rows: lines were dealt to rows wrongly. */
function overlaps({ layout: { rows, placed } }: Structure): boolean {
  const bounds = rows.map((_, row) =>
    boundsOf(
      placed.flatMap(({ piece, firstRow, lastRow }) => (firstRow === row && lastRow === row ? [piece] : [])),
    ),
  );
  return bounds.some(({ bottom }, row) => {
    const next = bounds[row + 1];
    return next !== undefined && next.top < bottom - 1 && next.bottom > bottom;
  });
}

/** Text of a cell over several rows that reaches from the middle of the first to that of the last may be that of two cells. */
export function mayBeTwo({
  cells,
  layout: { rows, lattice },
}: {
  readonly cells: Structure['cells'];
  readonly layout: Pick<Structure['layout'], 'rows' | 'lattice'>;
}): boolean {
  return (
    !lattice &&
    cells.some(({ row, rowspan, head, pieces }) => {
      const { top, bottom } = boundsOf(pieces);
      const [first, last] = [rows[row], rows[row + rowspan - 1]];
      return rowspan > 1 && !head && first && last && top < first.middle && bottom > last.middle;
    })
  );
}

/** Rows that stand so close, in distances of lines of one cell, have no room for the padding of two cells. */
const CLOSE = 1.15;

/** Texts of two rows that stand as close as lines of one cell elsewhere, and no ruling between, may be one cell's. */
export function mayBeOne({
  cells,
  layout: { rows },
}: {
  readonly cells: readonly Pick<
    Structure['cells'][number],
    'row' | 'column' | 'colspan' | 'head' | 'pieces'
  >[];
  readonly layout: { readonly rows: readonly Pick<Structure['layout']['rows'][number], 'cut'>[] };
}): boolean {
  const texts = cells.flatMap(({ pieces, ...cell }) => {
    const lines = linesOf(pieces).map(boundsOf);
    const middles = lines.map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
    return cell.head || middles.length === 0 ? [] : [{ ...cell, middles }];
  });
  const within = texts.flatMap(({ middles }) =>
    middles.slice(1).map((one, index) => one - (middles[index] ?? one)),
  );
  if (within.length === 0) return false;
  const distance = Math.min(...within);
  return texts.some(({ column, colspan, row, middles }, index) => {
    const next = texts.slice(index + 1).find((one) => one.column === column && one.colspan === colspan);
    if (!next || next.row === row || rows[next.row]?.cut) return false;
    return (next.middles[0] ?? Infinity) - (middles.at(-1) ?? 0) < CLOSE * distance;
  });
}

/** How unlike the usual filled cell looks: fonts differ. */
function usualOf({ cells, draft }: Pick<Judged, 'cells' | 'draft'>): number {
  const filled = draft.cells.flatMap(({ text }, index) => (text === '' ? [] : [cells[index] ?? 1]));
  return filled.sort((a, b) => a - b)[filled.length >> 1] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
