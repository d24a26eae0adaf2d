/** A cell by its place. Rows and columns are counted from 0. */
export interface Span {
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
}

/** The cells of a grid, each one place until places are joined. Cells are rectangles always. */
export interface Spans {
  readonly rows: number;
  readonly columns: number;
  /** The cell that a place belongs to. */
  at(row: number, column: number): Span;
  /** Makes one cell of all between two corners, both included, and of all cells that this rectangle cuts. */
  join(rowA: number, columnA: number, rowB: number, columnB: number): void;
  /** The cell that a join would make. */
  reach(rowA: number, columnA: number, rowB: number, columnB: number): Span;
  /** In reading order. */
  all(): Span[];
}

export function spansOf(rows: number, columns: number): Spans {
  const owners: Span[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) owners.push({ row, column, rowspan: 1, colspan: 1 });
  }
  const at = (row: number, column: number): Span =>
    owners[row * columns + column] ?? { row, column, rowspan: 1, colspan: 1 };
  const reach: Spans['reach'] = (rowA, columnA, rowB, columnB) => {
    let [top, bottom] = [Math.min(rowA, rowB), Math.max(rowA, rowB)];
    let [left, right] = [Math.min(columnA, columnB), Math.max(columnA, columnB)];
    for (let grown = true; grown; ) {
      grown = false;
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const met = at(row, column);
          const [t, b] = [Math.min(top, met.row), Math.max(bottom, met.row + met.rowspan - 1)];
          const [l, r] = [Math.min(left, met.column), Math.max(right, met.column + met.colspan - 1)];
          grown ||= t < top || b > bottom || l < left || r > right;
          [top, bottom, left, right] = [t, b, l, r];
        }
      }
    }
    return { row: top, column: left, rowspan: bottom - top + 1, colspan: right - left + 1 };
  };
  return {
    rows,
    columns,
    at,
    reach,
    join(rowA, columnA, rowB, columnB) {
      const joined = reach(rowA, columnA, rowB, columnB);
      const { row: top, column: left, rowspan, colspan } = joined;
      for (let row = top; row < top + rowspan; row++) {
        owners.fill(joined, row * columns + left, row * columns + left + colspan);
      }
    },
    all: () => [...new Set(owners)],
  };
}
