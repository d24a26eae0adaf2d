import type { Edit } from '../damage.ts';
import { shuffled } from '../random.ts';
import { bodyRows, isWhole, layout, remove, swap, type TableOperator } from './grid.ts';
import type { Cell, TableSource } from './source.ts';
import { cellKey, cellKeys, columnName, inQuotes, placeOf } from './words.ts';

/** The cells of a column, when none of them covers another column and no row is without one. */
function columnCells(column: number, { slots }: TableSource): Cell[] | undefined {
  const cells = slots.map((row) => row[column]);
  const plain = cells.filter((cell) => cell !== undefined && cell.colspan === 1);
  return plain.length === cells.length ? [...new Set(plain)].filter((cell) => cell !== undefined) : undefined;
}

const columnMissing: TableOperator = {
  name: 'column-missing',
  category: layout,
  severity: '3',
  does: 'takes a column away',
  *propose(table, random) {
    const columns = table.columns < 2 ? [] : Array.from({ length: table.columns }, (_, index) => index);
    for (const column of shuffled(random, columns)) {
      const cells = columnCells(column, table);
      if (!cells) continue;
      const rulers = table.rulers.flatMap((ruler) => ruler[column] ?? []);
      yield {
        severity: 3,
        location: columnName(column, table),
        description: `The ${columnName(column, table)} is missing.`,
        edits: [...cells, ...rulers].map(remove),
        touches: [...cellKeys(cells), `columns`],
      };
    }
  },
};

const columnsSwapped: TableOperator = {
  name: 'columns-swapped',
  category: layout,
  severity: '3',
  does: 'swaps two neighbouring columns',
  *propose(table, random) {
    const columns = Array.from({ length: Math.max(0, table.columns - 1) }, (_, index) => index);
    for (const column of shuffled(random, columns)) {
      const [left, right] = [columnCells(column, table), columnCells(column + 1, table)];
      const alike = left?.length === right?.length && left?.every((cell, i) => sameRows(cell, right?.[i]));
      if (!left || !right || !alike || left.every((cell, i) => cell.text === right[i]?.text)) continue;
      yield {
        severity: 3,
        location: `columns ${column + 1} and ${column + 2}`,
        description: `The ${columnName(column, table)} stands right of the ${columnName(column + 1, table)}; it should stand left of it.`,
        edits: left.flatMap((cell, i) => {
          const other = right[i];
          return other ? swap(table.code, cell, other) : [];
        }),
        touches: [...cellKeys([...left, ...right]), 'columns'],
      };
    }
  },
};

function sameRows(a: Cell, b: Cell | undefined): boolean {
  return a.row === b?.row && a.rowspan === b.rowspan;
}

const cellLost: TableOperator = {
  name: 'cell-lost',
  category: layout,
  severity: '3',
  does: 'takes a cell away, so that the rest of its row moves to the left',
  *propose(table, random) {
    const rows = bodyRows(table).filter(({ row, index }) => isWhole(index, table) && row.cells.length > 2);
    for (const { row, index } of shuffled(random, rows)) {
      const [cell] = shuffled(random, row.cells.slice(1, -1)).filter(({ text }) => text !== '');
      if (!cell) continue;
      yield {
        severity: 3,
        location: placeOf(cell, table),
        description: `The cell${inQuotes(cell.text)} is missing, and what follows it in its row stands one column too far left.`,
        edits: [remove(cell)],
        touches: [...cellKeys(table.slots[index] ?? []), 'columns'],
      };
    }
  },
};

const cellsMerged: TableOperator = {
  name: 'cells-merged',
  category: layout,
  severity: '2',
  does: 'makes one cell of two neighbours',
  *propose(table, random) {
    const { spanned } = table.write;
    if (!spanned) return;
    const pairs = table.rows.flatMap(({ cells }) =>
      cells.flatMap((left, index): [Cell, Cell][] => {
        const right = cells[index + 1];
        const plain = [left, right].every((cell) => cell?.colspan === 1 && cell.rowspan === 1 && cell.text);
        return plain && right?.column === left.column + 1 ? [[left, right]] : [];
      }),
    );
    for (const [left, right] of shuffled(random, pairs)) {
      const content = table.code.slice(right.inner.start, right.inner.end);
      yield {
        severity: 2,
        location: placeOf(left, table),
        description: `The cells${inQuotes(left.text)} and${inQuotes(right.text)} are one; they should be two.`,
        edits: [
          spanned(left, { colspan: 2 }),
          { start: left.inner.end, end: left.inner.end, text: ` ${content}` },
          remove(right),
        ],
        touches: [cellKey(left), cellKey(right), 'columns'],
      };
    }
  },
};

const spanSplit: TableOperator = {
  name: 'span-split',
  category: layout,
  severity: '3 in a header row, else 2',
  does: 'has a cell that spans several columns cover one alone, with empty ones beside it',
  *propose(table, random) {
    const { spanned, emptyCell } = table.write;
    const wide = table.rows.flatMap(({ cells }) => cells.filter(({ colspan }) => colspan > 1));
    if (!spanned || table.columns < 2) return;
    for (const cell of shuffled(random, wide)) {
      // With more rows to cover, the empty ones would have to as well.
      if (cell.rowspan > 1 || cell.colspan > 100) continue;
      yield {
        severity: table.rows[cell.row]?.header ? 3 : 2,
        location: placeOf(cell, table),
        description: `The cell${inQuotes(cell.text)} covers one column; it should span ${cell.colspan}.`,
        edits: [
          spanned(cell, { colspan: 1 }),
          { start: cell.end, end: cell.end, text: emptyCell(cell).repeat(cell.colspan - 1) },
        ],
        touches: [cellKey(cell), 'columns'],
      };
    }
  },
};

const rowSpanSplit: TableOperator = {
  name: 'row-span-split',
  category: layout,
  severity: '2',
  does: 'has a cell that spans several rows cover one alone, with empty ones below it',
  *propose(table, random) {
    const { spanned, emptyCell } = table.write;
    const tall = table.rows.flatMap(({ cells }) =>
      cells.filter(({ rowspan, colspan }) => rowspan > 1 && colspan === 1),
    );
    if (!spanned) return;
    for (const cell of shuffled(random, tall)) {
      const below = table.rows.slice(cell.row + 1, cell.row + cell.rowspan).map(({ cells, tail }): Edit => {
        const at = cells.find(({ column }) => column > cell.column)?.start ?? tail;
        return { start: at, end: at, text: emptyCell(cell) };
      });
      yield {
        severity: 2,
        location: placeOf(cell, table),
        description: `The cell${inQuotes(cell.text)} covers one row; it should span ${cell.rowspan}.`,
        edits: [spanned(cell, { rowspan: 1 }), ...below],
        touches: [cellKey(cell), 'columns'],
      };
    }
  },
};

export const columnOperators: readonly TableOperator[] = [
  ...[columnMissing, columnsSwapped, cellLost, cellsMerged, spanSplit, rowSpanSplit],
];
