/** A cell as it is written, before spans are laid out. */
export interface GridCell {
  readonly text: string;
  /** Rows and columns that it covers, 1 and above. */
  readonly rowspan: number;
  readonly colspan: number;
  readonly heading: boolean;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** A table laid out: which cell covers each place. */
export interface Grid {
  readonly cells: readonly GridCell[];
  /** Cells next to a cell, one for each row or column that it covers; several because of spans. */
  neighbours(cell: number, direction: Direction): number[];
  /**
   * The headings that one meets going up or left from a cell: cells marked as headings, or where there are none the
   * last cells on the way.
   */
  headings(cell: number, direction: 'up' | 'left'): number[];
}

/** HTML's own limit on colspan. */
const MAX_COLSPAN = 1000;
/** Places of a grid; a larger one is not laid out. */
const MAX_PLACES = 4_000_000;

/** Lays out rows of cells as HTML does; spans end with the table. Undefined when it is empty or far too large. */
export function layOut(rows: readonly (readonly GridCell[])[]): Grid | undefined {
  const cells = rows.flat();
  const places = rows.map((): (number | undefined)[] => []);
  const covered: { top: number; left: number; bottom: number; right: number }[] = [];
  let count = 0;
  for (const [top, row] of rows.entries()) {
    let left = 0;
    for (const cell of row) {
      while (places[top]?.[left] !== undefined) left++;
      const bottom = Math.min(rows.length, top + cell.rowspan);
      const right = left + Math.min(MAX_COLSPAN, cell.colspan);
      count += (bottom - top) * (right - left);
      if (count > MAX_PLACES) return undefined;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) put(places[y], x, covered.length);
      covered.push({ top, left, bottom, right });
      left = right;
    }
  }
  if (cells.length === 0) return undefined;
  const width = Math.max(...covered.map(({ right }) => right));

  const neighbours = (cell: number, direction: Direction): number[] => {
    const area = covered[cell];
    if (!area) return [];
    const { top, left, bottom, right } = area;
    const found = new Set<number>();
    const look = (along: Iterable<number>, at: (step: number) => number | undefined) => {
      for (const step of along) {
        const other = at(step);
        if (other === undefined || other === cell) continue;
        found.add(other);
        return;
      }
    };
    if (direction === 'left' || direction === 'right') {
      const way = direction === 'left' ? range(left - 1, -1) : range(right, width);
      for (let y = top; y < bottom; y++) look(way, (x) => places[y]?.[x]);
    } else {
      const way = direction === 'up' ? range(top - 1, -1) : range(bottom, rows.length);
      for (let x = left; x < right; x++) look(way, (y) => places[y]?.[x]);
    }
    return [...found];
  };

  const headings = (cell: number, direction: 'up' | 'left'): number[] => {
    const marked = new Set<number>();
    const last = new Set<number>();
    const seen = new Set<number>([cell]);
    const queue = [cell];
    for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
      const next = neighbours(current, direction);
      if (current !== cell && cells[current]?.heading) marked.add(current);
      if (current !== cell && next.length === 0) last.add(current);
      for (const other of next) {
        if (seen.has(other)) continue;
        seen.add(other);
        queue.push(other);
      }
    }
    return [...(marked.size > 0 ? marked : last)];
  };

  return { cells, neighbours, headings };
}

/** The first cell to claim a place keeps it. */
function put(row: (number | undefined)[] | undefined, x: number, cell: number): void {
  if (row && row[x] === undefined) row[x] = cell;
}

/** From `start` towards `end`, which is left out. */
function range(start: number, end: number): number[] {
  const step = end < start ? -1 : 1;
  return Array.from({ length: Math.abs(end - start) }, (_, index) => start + index * step);
}
