import type { Edit, Operator } from '../damage.ts';
import type { Cell, Row, TableSource } from './source.ts';

export const layout = 'layout_error';

export type TableOperator = Operator<TableSource>;

export const remove = ({ start, end }: { readonly start: number; readonly end: number }): Edit => ({
  ...{ start, end },
  text: '',
});

export const swap = (code: string, a: Edit | Cell | Row, b: Edit | Cell | Row): Edit[] => [
  { start: a.start, end: a.end, text: code.slice(b.start, b.end) },
  { start: b.start, end: b.end, text: code.slice(a.start, a.end) },
];

/** A row that no cell crosses into or out of, so that it can go, or go elsewhere, without moving another. */
export function isWhole(row: number, { slots }: TableSource): boolean {
  return (slots[row] ?? []).every((cell) => cell?.row === row && cell.rowspan === 1);
}

export const bodyRows = ({ rows }: TableSource) =>
  rows.flatMap((row, index) => (row.header || index === 0 ? [] : [{ row, index }]));

export const rowTexts = ({ cells }: Row) => cells.map(({ text }) => text).join('\n');
