import type { Severity } from '../../../core/discrepancy.ts';
import { pick, shuffled } from '../random.ts';
import { isDigit, misspelt } from '../spelling.ts';
import type { TableOperator } from './grid.ts';
import { isLetter } from './numbers.ts';
import type { Cell, TableSource, TextRun } from './source.ts';
import { cellKey, clipped, columnName, inQuotes, placeOf } from './words.ts';

const category = 'text_error';

interface Wording {
  readonly cell: Cell;
  readonly run: TextRun;
  readonly table: TableSource;
}

/** Stretches of words, without those that are mostly a number. */
function wordings(table: TableSource): Wording[] {
  return table.rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => cell.texts.map((run) => ({ cell, run, table }))),
  );
}

function letters(text: string): number {
  return [...text].filter(isLetter).length;
}

/** An operator that changes one stretch of words at a time. */
function textOperator(
  info: Omit<TableOperator, 'propose' | 'category'>,
  change: (wording: Wording, random: () => number) => string | undefined,
  severity: (cell: Cell) => Severity,
): TableOperator {
  return {
    ...info,
    category,
    *propose(table, random) {
      for (const wording of shuffled(random, wordings(table))) {
        const { cell, run } = wording;
        const wrong = letters(run.value) < 2 ? undefined : change(wording, random);
        if (wrong === undefined || wrong === run.value) continue;
        const [before, after] = [clipped(run.value.trim()), clipped(wrong.trim())];
        const location = placeOf(cell, table);
        yield {
          severity: severity(cell),
          location,
          // Critics of tables give no location: their description has to say where.
          description:
            after === ''
              ? `In ${location}, the text "${before}" is missing.`
              : `In ${location}, the cell reads "${after}"; it should read "${before}".`,
          edits: [{ start: run.start, end: run.end, text: table.write.text(wrong) }],
          touches: [cellKey(cell)],
        };
      }
    },
  };
}

const inHeader = (high: Severity, low: Severity) => (cell: Cell) => (cell.header ? high : low);

const misspeltText = textOperator(
  { name: 'text-misspelt', severity: '1', does: 'takes one letter for a like one' },
  ({ run }, random) => {
    for (let tries = 0; tries < 8; tries += 1) {
      const wrong = misspelt(run.value, random);
      if (wrong && !wrong.digit) return wrong.text;
    }
    return undefined;
  },
  () => 1,
);

const strangeWords = ['Harbour', 'Average', 'Copper', 'Season', 'Model', 'Region'] as const;

const wordChanged = textOperator(
  {
    name: 'word-changed',
    severity: '2',
    does: 'puts another word in the place of one, outside of the header',
  },
  ({ run, cell }, random) => {
    if (cell.header) return undefined;
    return replaceWord(run.value, random);
  },
  () => 2,
);

const headerChanged = textOperator(
  { name: 'header-changed', severity: '3', does: 'puts another word into a header cell' },
  ({ run, cell }, random) => (cell.header ? replaceWord(run.value, random) : undefined),
  () => 3,
);

function replaceWord(text: string, random: () => number): string | undefined {
  const words = text.split(' ');
  const places = words.flatMap((word, index) => (letters(word) > 2 && !word.includes('\n') ? [index] : []));
  const [place] = shuffled(random, places);
  if (place === undefined) return undefined;
  return words.with(place, pick(random, strangeWords)).join(' ');
}

const textMissing = textOperator(
  { name: 'text-missing', severity: '3 in a header cell, else 2', does: 'empties a cell of words' },
  ({ run, cell }) => (cell.text === run.value.trim() ? '' : undefined),
  inHeader(3, 2),
);

const wordsLost = textOperator(
  { name: 'words-lost', severity: '2', does: 'leaves out the last word of a text' },
  ({ run }) => {
    const words = run.value.trimEnd().split(' ');
    if (words.length < 2 || words.slice(0, -1).join('').trim() === '') return undefined;
    return words.slice(0, -1).join(' ');
  },
  () => 2,
);

const caseChanged = textOperator(
  { name: 'case-changed', severity: '1', does: 'writes a text in capitals' },
  ({ run }) => (run.value.toUpperCase() === run.value ? undefined : run.value.toUpperCase()),
  () => 1,
);

/** Each is compared with all the others. */
const MAX_TRIED = 100;

const textsSwapped: TableOperator = {
  name: 'texts-swapped',
  category,
  severity: '2',
  does: 'swaps the words of two cells of one column',
  *propose(table, random) {
    const alone = wordings(table).filter(
      ({ cell, run }) => !cell.header && letters(run.value) > 1 && ![...run.value].some(isDigit),
    );
    for (const one of shuffled(random, alone).slice(0, MAX_TRIED)) {
      const other = alone.find(
        ({ cell, run }) =>
          cell.column === one.cell.column &&
          cell.row > one.cell.row &&
          run.value.trim() !== one.run.value.trim(),
      );
      if (!other) continue;
      yield {
        severity: 2,
        location: `${placeOf(one.cell, table)}; ${placeOf(other.cell, table)}`,
        description: `In ${columnName(one.cell.column, table)}, the texts${inQuotes(one.run.value.trim())} and${inQuotes(other.run.value.trim())} have changed places.`,
        edits: [
          { start: one.run.start, end: one.run.end, text: table.write.text(other.run.value) },
          { start: other.run.start, end: other.run.end, text: table.write.text(one.run.value) },
        ],
        touches: [cellKey(one.cell), cellKey(other.cell)],
      };
    }
  },
};

export const textOperators: readonly TableOperator[] = [
  ...[misspeltText, wordChanged, headerChanged, textMissing, wordsLost, caseChanged, textsSwapped],
];
