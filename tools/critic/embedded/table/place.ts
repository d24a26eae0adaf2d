import type { Box } from '../../../../core/discrepancy.ts';
import type { Area } from '../../../table/words.ts';
import type { Side } from './side.ts';

/** A place in the reference as a person would say it: `row 3, column 2 ("Mean")`. Rows count from 1, heads too. */
export function placeOf(side: Side, row: number, column: number): string {
  return `row ${row + 1}, ${columnName(side, column)}`;
}

export function columnName({ structure, texts }: Side, column: number): string {
  const head = structure.cells.findLastIndex(
    (cell) => cell.head && cell.column === column && cell.colspan === 1 && cell.pieces.length > 0,
  );
  const name = texts[head] ?? '';
  return name === '' ? `column ${column + 1}` : `column ${column + 1} ("${shorten(name)}")`;
}

/** A row by what stands in its first filled cells. */
export function rowName({ structure, texts }: Side, row: number): string {
  const own = structure.cells.flatMap((cell, index) =>
    cell.row === row && texts[index] ? [texts[index]] : [],
  );
  const words = own.slice(0, 2).map((text) => `"${shorten(text)}"`);
  return words.length === 0 ? `row ${row + 1}` : `row ${row + 1} (${words.join(', ')})`;
}

const LONGEST = 40;

export function shorten(text: string): string {
  return [...text].length <= LONGEST ? text : `${[...text].slice(0, LONGEST - 1).join('')}…`;
}

/** An area of the reference as fractions of it. */
export function boxOf({ structure: { scan } }: Side, { left, top, right, bottom }: Area): Box {
  const { width, height } = scan.ink;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [clip(left / width), clip(top / height)];
  return [x, y, clip(right / width) - x, clip(bottom / height) - y];
}

/** A row or column of the reference, all of it. */
export function bandArea({ structure: { layout } }: Side, axis: 'row' | 'column', index: number): Area {
  const { rows, edges } = layout;
  const table = {
    left: edges[0] ?? 0,
    right: edges.at(-1) ?? 0,
    top: rows[0]?.top ?? 0,
    bottom: rows.at(-1)?.bottom ?? 0,
  };
  return axis === 'row'
    ? { ...table, top: rows[index]?.top ?? table.top, bottom: rows[index]?.bottom ?? table.bottom }
    : { ...table, left: edges[index] ?? table.left, right: edges[index + 1] ?? table.right };
}
