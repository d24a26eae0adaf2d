import type { Change } from '../damage.ts';
import { shuffled } from '../random.ts';
import { bodyRows, isWhole, layout, remove, rowTexts, swap, type TableOperator } from './grid.ts';
import { cellKeys, inQuotes, rowName } from './words.ts';

const rowMissing: TableOperator = {
  name: 'row-missing',
  category: layout,
  severity: '3',
  does: 'takes a row away',
  *propose(table, random) {
    const rows = bodyRows(table).filter(({ index }) => isWhole(index, table));
    for (const { row, index } of shuffled(random, table.rows.length > 2 ? rows : [])) {
      yield {
        severity: 3,
        location: rowName(index, table),
        description: `The row${inQuotes(row.cells[0]?.text ?? '')} is missing.`,
        edits: [remove(row)],
        touches: cellKeys(table.slots[index] ?? []),
      };
    }
  },
};

const rowDoubled: TableOperator = {
  name: 'row-doubled',
  category: layout,
  severity: '2',
  does: 'writes a row twice',
  *propose(table, random) {
    const rows = bodyRows(table).filter(({ index }) => isWhole(index, table));
    for (const { row, index } of shuffled(random, rows)) {
      yield {
        severity: 2,
        location: rowName(index, table),
        description: `The row${inQuotes(row.cells[0]?.text ?? '')} is there twice; it should be there once.`,
        edits: [{ start: row.end, end: row.end, text: table.code.slice(row.start, row.end) }],
        touches: cellKeys(table.slots[index] ?? []),
      };
    }
  },
};

const rowExtra: TableOperator = {
  name: 'row-extra',
  category: layout,
  severity: '2',
  does: 'adds an empty row',
  *propose(table, random) {
    const rows = bodyRows(table).filter(({ index }) => isWhole(index, table));
    for (const { row, index } of shuffled(random, rows)) {
      yield {
        severity: 2,
        location: `below ${rowName(index, table)}`,
        description: `There is an empty row below the row${inQuotes(row.cells[0]?.text ?? '')} that should not be there.`,
        edits: [{ start: row.end, end: row.end, text: table.write.emptyRow(table.columns) }],
        // Beside a row that is missing or doubled too, nobody could say which is which.
        touches: cellKeys(table.slots[index] ?? []),
      };
    }
  },
};

const rowsSwapped: TableOperator = {
  name: 'rows-swapped',
  category: layout,
  severity: '2',
  does: 'swaps two neighbouring rows',
  *propose(table, random) {
    const rows = bodyRows(table).filter(({ index }) => isWhole(index, table));
    const pairs = rows.flatMap((one, at) => {
      const next = rows[at + 1];
      return next?.index === one.index + 1 && rowTexts(one.row) !== rowTexts(next.row) ? [{ one, next }] : [];
    });
    for (const { one, next } of shuffled(random, pairs)) {
      yield {
        severity: 2,
        location: `rows ${one.index + 1} and ${next.index + 1}`,
        description: `The row${inQuotes(one.row.cells[0]?.text ?? '')} stands below the row${inQuotes(next.row.cells[0]?.text ?? '')}; it should stand above it.`,
        edits: swap(table.code, one.row, next.row),
        touches: cellKeys([...(table.slots[one.index] ?? []), ...(table.slots[next.index] ?? [])]),
      };
    }
  },
};

const headerMissing: TableOperator = {
  name: 'header-missing',
  category: layout,
  severity: '3',
  does: 'takes the header row away',
  *propose(table) {
    const [first, second] = table.rows;
    if (!first?.header || !second || table.rulers.length > 0 || !isWhole(0, table)) return;
    yield {
      severity: 3,
      location: 'header row',
      description: `The header row that begins with${inQuotes(first.cells[0]?.text ?? '')} is missing.`,
      edits: [remove(first)],
      touches: [...cellKeys(table.slots[0] ?? []), 'columns'],
    } satisfies Change;
  },
};

export const rowOperators: readonly TableOperator[] = [
  ...[rowMissing, rowDoubled, rowExtra, rowsSwapped, headerMissing],
];
