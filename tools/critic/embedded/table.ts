import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Ocr } from '../../ocr/ocr.ts';
import { isNumeric } from '../../table/same-text.ts';
import { type CellPair, cellPairs, contentFindings } from './table/content.ts';
import { layoutFindings } from './table/layout.ts';
import { matchOf } from './table/match.ts';
import { boxOf, placeOf, shorten as short } from './table/place.ts';
import { type Side, sideOf } from './table/side.ts';

export interface TableFindings {
  readonly discrepancies: Discrepancy[];
  /** How unlike the cells look, over all text, 0 to 1; no reader is asked. */
  readonly residual: number;
  /** The same for each cell of the reference, in reading order. */
  readonly cells: readonly number[];
}

/** A list longer than this helps nobody: what is left is told in one line. */
const MOST = 40;

/** Compares tables with one reference. */
export type TableComparer = (candidate: Pixels, signal?: AbortSignal) => Promise<TableFindings>;

export interface TableComparerParts {
  /** Left out where there is no language data: then text is compared by its looks. */
  readonly ocr?: Ocr;
  readonly signal?: AbortSignal;
}

/**
 * Prepares a reference that shows one table. Candidates may have another size, font, padding and other rulings:
 * rows and columns are matched by what they say. Undefined where no table is found in the reference.
 */
export async function tableComparer(
  reference: Pixels,
  { ocr, signal }: TableComparerParts,
): Promise<TableComparer | undefined> {
  const side = await sideOf(reference, ocr, signal);
  if (!side) return undefined;
  return async (pixels, signal) => {
    const candidate = await sideOf(pixels, ocr, signal);
    if (!candidate) {
      const found = shorten([noTable, ...missingCells(side)]);
      return { discrepancies: found, residual: 1, cells: side.texts.map(() => 1) };
    }
    const match = matchOf(side, candidate);
    const pairs = cellPairs(side, candidate, match);
    const found = [
      ...layoutFindings(side, candidate, match),
      ...(await contentFindings(side, candidate, pairs)),
    ].sort((a, b) => b.severity - a.severity);
    const cells = unlikenessOfCells(side, pairs);
    return { discrepancies: shorten(found), residual: residualOf(side, candidate, pairs, cells), cells };
  };
}

const noTable: Discrepancy = {
  category: 'layout_error',
  severity: 3,
  location: 'whole picture',
  description: 'There is no table that can be read.',
  box: [0, 0, 1, 1],
};

/** Without them, a picture of no table would count as nearer than a table whose numbers are all wrong. */
function missingCells(side: Side): Discrepancy[] {
  return side.structure.cells.flatMap(({ row, column, area, pieces }, index): Discrepancy[] => {
    const text = side.texts[index] ?? '';
    if (pieces.length === 0) return [];
    return [
      {
        category: isNumeric(text) ? 'numeric_error' : 'text_error',
        severity: 3,
        location: placeOf(side, row, column),
        description:
          text === '' ? 'The cell is missing.' : `The cell is missing: it should read "${short(text)}".`,
        box: boxOf(side, area),
      },
    ];
  });
}

function unlikenessOfCells({ texts }: Side, pairs: readonly CellPair[]): number[] {
  const cells = texts.map(() => 1);
  for (const { reference, unlike } of pairs) cells[reference] = Math.min(cells[reference] ?? 1, unlike);
  return cells;
}

/** Mean over the words of both tables, each by its width; words without a partner count as wholly unlike. */
function residualOf(a: Side, b: Side, pairs: readonly CellPair[], cells: readonly number[]): number {
  const widths = (side: Side) => side.shapes.map((shape) => shape.reduce((sum, { wide }) => sum + wide, 0));
  const [wide, other] = [widths(a), widths(b)];
  const paired = new Set(pairs.map(({ candidate }) => candidate));
  const total = wide.reduce((sum, one) => sum + one, 0);
  const unlike = wide.reduce((sum, one, index) => sum + one * (cells[index] ?? 1), 0);
  const extra = other.reduce((sum, one, index) => sum + (paired.has(index) ? 0 : one), 0);
  return Math.min(1, (unlike + extra) / Math.max(1, total + extra));
}

function shorten(found: readonly Discrepancy[]): Discrepancy[] {
  const rest = found.length - MOST;
  if (rest <= 0) return [...found];
  const more: Discrepancy = {
    category: 'layout_error',
    severity: 3,
    location: 'whole picture',
    description: `${rest} further places differ: this is another table.`,
  };
  return [...found.slice(0, MOST), more];
}
