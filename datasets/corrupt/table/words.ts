import type { Cell, TableSource } from './source.ts';

/** Where a cell is: `row 3 "Aldermoor", column 2 "Crop"`; headers by their place alone. */
export function placeOf(cell: Cell, table: TableSource): string {
  if (table.rows[cell.row]?.header) return `${rowName(cell.row, table)}, column ${cell.column + 1}`;
  return `${rowName(cell.row, table)}, ${columnName(cell.column, table)}`;
}

/** `row 3 "Aldermoor"`, `header row 1`: counted from 1, header rows included. */
export function rowName(row: number, { rows, slots }: TableSource): string {
  if (rows[row]?.header) return `header row ${row + 1}`;
  return `row ${row + 1}${inQuotes(slots[row]?.[0]?.text ?? '')}`;
}

/** `column 2 "Crop"`: named by the last header row. */
export function columnName(column: number, { rows, slots }: TableSource): string {
  const last = rows.findLastIndex(({ header }) => header);
  return `column ${column + 1}${inQuotes(slots[last]?.[column]?.text ?? '')}`;
}

export function inQuotes(text: string): string {
  return text === '' ? '' : ` "${clipped(text)}"`;
}

export function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export function cellKey({ row, column }: Cell): string {
  return `cell ${row} ${column}`;
}

/** Everything in some rows or in some columns. */
export function cellKeys(cells: readonly (Cell | undefined)[]): string[] {
  return [...new Set(cells.flatMap((cell) => (cell ? [cellKey(cell)] : [])))];
}
