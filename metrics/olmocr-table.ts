import { mean, type Score } from './score.ts';
import type { Direction, Grid } from './table/grid.ts';
import { gridsOf } from './table/grids.ts';
import { indelSimilarity } from './text/indel.ts';
import { codePoints } from './text/levenshtein.ts';
import { normaliseOcrText } from './text/ocr.ts';

/** One table test of olmOCR-bench; a relation that is left out or empty is not tested. */
export interface OlmOcrTableTest {
  /** Text of the cell that must stand somewhere. */
  readonly cell: string;
  /** Text of the cell right above, below, left or right of it. */
  readonly up?: string | undefined;
  readonly down?: string | undefined;
  readonly left?: string | undefined;
  readonly right?: string | undefined;
  /** Text of a heading above it, or left of it. */
  readonly top_heading?: string | undefined;
  readonly left_heading?: string | undefined;
  /** Characters by which a text may differ; a similarity of one half is always enough. */
  readonly max_diffs?: number | undefined;
  readonly ignore_markdown_tables?: boolean | undefined;
}

/**
 * Whether a page's Markdown or HTML passes a table test, 1 or 0: some cell of some table is like the wanted text,
 * and each wanted relation holds for at least one neighbour, spans respected.
 * @see allenai/olmocr, olmocr/bench/tests.py, TableTest
 */
export function olmOcrTable(content: string, test: OlmOcrTableTest): Score {
  const maxDiffs = test.max_diffs ?? 0;
  const wanted = relations(test);
  const grids = gridsOf(content, { markdown: test.ignore_markdown_tables !== true });
  let candidates = 0;
  for (const grid of grids) {
    for (const [cell, { text }] of grid.cells.entries()) {
      if (!alike(test.cell, text, maxDiffs)) continue;
      candidates++;
      const holds = wanted.every(({ text: other, from }) =>
        from(grid, cell).some((neighbour) => alike(other, grid.cells[neighbour]?.text ?? '', maxDiffs)),
      );
      if (holds) return result(1, grids, candidates, `A cell like "${test.cell}" has all wanted neighbours.`);
    }
  }
  const reason =
    candidates === 0
      ? `No cell of ${grids.length} tables is like "${test.cell}".`
      : `${candidates} cells are like "${test.cell}", but none has all wanted neighbours.`;
  return result(0, grids, candidates, reason);
}

/** The benchmark's figure, 0 to 1: the mean over files of the share of a file's tests that pass. */
export function olmOcrAverage(tests: readonly { readonly file: string; readonly score: Score }[]): Score {
  const files = Map.groupBy(tests, ({ file }) => file);
  const rates = [...files].map(([file, list]) => [file, mean(list.map(({ score }) => score.value))] as const);
  return {
    value: mean(rates.map(([, rate]) => rate)),
    parts: Object.fromEntries(rates),
    explanation: `Mean over ${files.size} files with ${tests.length} tests.`,
  };
}

interface Relation {
  readonly text: string;
  readonly from: (grid: Grid, cell: number) => number[];
}

function relations(test: OlmOcrTableTest): Relation[] {
  const next = (direction: Direction) => (grid: Grid, cell: number) => grid.neighbours(cell, direction);
  const heading = (direction: 'up' | 'left') => (grid: Grid, cell: number) => grid.headings(cell, direction);
  const all = [
    { text: test.up, from: next('up') },
    { text: test.down, from: next('down') },
    { text: test.left, from: next('left') },
    { text: test.right, from: next('right') },
    { text: test.top_heading, from: heading('up') },
    { text: test.left_heading, from: heading('left') },
  ];
  return all.flatMap(({ text, from }) => (text ? [{ text, from }] : []));
}

/** Like enough: similarity of at least max(0.5, 1 - max_diffs / length of the wanted text). */
function alike(wanted: string, found: string, maxDiffs: number): boolean {
  const text = normaliseOcrText(wanted);
  const threshold = Math.max(0.5, 1 - maxDiffs / Math.max(1, codePoints(text).length));
  return indelSimilarity(text, normaliseOcrText(found)) >= threshold;
}

function result(value: number, grids: readonly Grid[], candidates: number, explanation: string): Score {
  return { value, parts: { tables: grids.length, candidates }, explanation };
}
