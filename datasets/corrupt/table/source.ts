/** A stretch of plain text in a cell. */
export interface TextRun {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** A cell as its language's reader finds it. */
export interface WrittenCell {
  /** Of the whole cell in the code; of what is in it. */
  readonly start: number;
  readonly end: number;
  readonly inner: { readonly start: number; readonly end: number };
  readonly header: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  readonly texts: readonly TextRun[];
}

export interface WrittenRow {
  readonly start: number;
  readonly end: number;
  /** Where the content of the row ends: a cell put here is its last. */
  readonly tail: number;
  readonly cells: readonly WrittenCell[];
}

export interface Cell extends WrittenCell {
  readonly row: number;
  /** The first column that it covers. */
  readonly column: number;
  readonly text: string;
}

export interface Row {
  readonly start: number;
  readonly end: number;
  readonly tail: number;
  readonly cells: readonly Cell[];
  /** All of its cells are header cells. */
  readonly header: boolean;
}

/** How a language writes what an operator puts in. */
export interface Writer {
  /** Text of a cell, with what means something in the language escaped. */
  readonly text: (value: string) => string;
  /** An empty cell like this one; undefined where the language needs none, as rows may be short. */
  readonly emptyCell: (like: WrittenCell) => string;
  /** A row of as many empty cells; undefined where it would be no row. */
  readonly emptyRow: (columns: number) => string;
  /** The cell's start tag with these spans, in its place; undefined where the language has no spans. */
  readonly spanned?: (
    cell: WrittenCell,
    spans: { readonly colspan?: number; readonly rowspan?: number },
  ) => { readonly start: number; readonly end: number; readonly text: string };
}

export interface TableSource {
  readonly code: string;
  readonly rows: readonly Row[];
  readonly columns: number;
  /** The cell that covers each slot, row by row. */
  readonly slots: readonly (readonly (Cell | undefined)[])[];
  /** Further places in the code that stand for a column each, such as the line below a Markdown header. */
  readonly rulers: readonly (readonly { readonly start: number; readonly end: number }[])[];
  readonly write: Writer;
}

/** Wider or longer spans are cut off, as browsers do. */
const MAX_SPAN = 1000;
const MAX_SLOTS = 40_000;

/** Lays cells out on the grid, as browsers do. Rows beyond 40,000 slots are left out. */
export function tableOf(
  code: string,
  written: readonly WrittenRow[],
  write: Writer,
  rulers: TableSource['rulers'] = [],
): TableSource {
  const slots: (Cell | undefined)[][] = [];
  const rows: Row[] = [];
  let used = 0;
  for (const [row, { cells, ...place }] of written.entries()) {
    slots[row] ??= [];
    const own = slots[row] ?? [];
    let column = 0;
    const laid: Cell[] = [];
    for (const cell of cells) {
      while (own[column]) column += 1;
      const colspan = Math.min(MAX_SPAN, cell.colspan);
      const rowspan = Math.min(written.length - row, cell.rowspan);
      used += colspan * rowspan;
      if (used > MAX_SLOTS) return finish();
      const text = cell.texts
        .map(({ value }) => value)
        .join(' ')
        .split(/\s+/)
        .join(' ')
        .trim();
      const placed = { ...cell, colspan, rowspan, row, column, text };
      laid.push(placed);
      for (let down = 0; down < rowspan; down += 1) {
        slots[row + down] ??= [];
        const line = slots[row + down] ?? [];
        for (let across = 0; across < colspan; across += 1) line[column + across] ??= placed;
      }
    }
    rows.push({ ...place, cells: laid, header: laid.length > 0 && laid.every(({ header }) => header) });
  }
  return finish();

  function finish(): TableSource {
    const columns = slots.reduce((most, { length }) => Math.max(most, length), 0);
    return { code, rows, columns, slots: slots.slice(0, rows.length), rulers, write };
  }
}
