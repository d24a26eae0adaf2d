import type { Pixels } from '../../../image/pixels.ts';
import type { Ocr } from '../../../ocr/ocr.ts';
import { type CellShape, shapeOf } from '../../../table/likeness.ts';
import { type CellReader, cellReader } from '../../../table/reading.ts';
import { plainText } from '../../../table/same-text.ts';
import { type Structure, type StructureCell, structureOf } from '../../../table/structure.ts';

/** One of the two pictures, read. */
export interface Side {
  readonly structure: Structure;
  /** Text of each cell as first read, in the order of the cells; empty strings without a reader. */
  readonly texts: readonly string[];
  /** The same without what readers cannot tell apart. */
  readonly plain: readonly string[];
  readonly shapes: readonly CellShape[];
  /** Index of the cell at each place, row by row. */
  readonly owners: readonly number[];
  /** Undefined where there is no language data: then text is compared by its looks alone. */
  readonly reader?: CellReader;
}

/** Reads one side; undefined where it shows no table. */
export async function sideOf(
  pixels: Pixels,
  ocr: Ocr | undefined,
  signal?: AbortSignal,
): Promise<Side | undefined> {
  const structure = await structureOf(pixels);
  if (!structure || structure.cells.length < 2) return undefined;
  const { cells, scan, rows, columns } = structure;
  const reader = ocr && cellReader(structure, ocr, signal);
  const texts = await Promise.all(cells.map(async (cell) => (reader ? (await reader.read(cell)).text : '')));
  const owners = Array.from({ length: rows * columns }, () => -1);
  cells.forEach((cell, index) => {
    for (const place of placesOf(cell)) owners[place.row * columns + place.column] = index;
  });
  return {
    structure,
    texts,
    plain: texts.map(plainText),
    shapes: cells.map((cell) => shapeOf(scan.ink, scan.capHeight, cell)),
    owners,
    ...(reader && { reader }),
  };
}

export function placesOf({
  row,
  column,
  rowspan,
  colspan,
}: Pick<StructureCell, 'row' | 'column' | 'rowspan' | 'colspan'>): { row: number; column: number }[] {
  return Array.from({ length: rowspan * colspan }, (_, index) => ({
    row: row + Math.floor(index / colspan),
    column: column + (index % colspan),
  }));
}

/** Index of the cell at a place; -1 outside. */
export function ownerAt({ owners, structure: { rows, columns } }: Side, row: number, column: number): number {
  return row < 0 || row >= rows || column < 0 || column >= columns
    ? -1
    : (owners[row * columns + column] ?? -1);
}
