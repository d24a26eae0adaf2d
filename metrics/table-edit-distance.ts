import { mean, type Score } from './score.ts';
import { normaliseTable } from './table/normalise.ts';
import { codePoints, levenshtein } from './text/levenshtein.ts';

/**
 * Normalised edit distance of two tables, 0 (equal) to 1, lower is better: Levenshtein distance of the normalised
 * HTML over the longer's length, in code points. Either may be Markdown. 1 when exactly one of the two has no table.
 * @see Ouyang et al., "OmniDocBench", CVPR 2025; metric Edit_dist of its table task
 */
export function tableEditDistance(predicted: string, golden: string): Score {
  const [a, b] = [codePoints(normaliseTable(predicted)), codePoints(normaliseTable(golden))];
  const edits = levenshtein(a, b);
  const length = Math.max(a.length, b.length);
  return {
    value: length === 0 ? 0 : edits / length,
    parts: { edits, length },
    explanation: `${edits} edits in ${length} characters of normalised HTML.`,
  };
}

/**
 * The dataset's figure: the mean over pages of the sum of edits over the sum of lengths of a page's tables.
 * @param tables one entry a table, with its page's name and its `tableEditDistance`
 */
export function pageEditDistance(tables: readonly { readonly page: string; readonly score: Score }[]): Score {
  const pages = new Map<string, { edits: number; length: number }>();
  for (const { page, score } of tables) {
    const { edits = 0, length = 0 } = score.parts;
    const sum = pages.get(page) ?? { edits: 0, length: 0 };
    pages.set(page, { edits: sum.edits + edits, length: sum.length + length });
  }
  const rates = [...pages.values()].map(({ edits, length }) => (length === 0 ? 0 : edits / length));
  return {
    value: mean(rates),
    parts: { pages: pages.size, tables: tables.length },
    explanation: `Mean over ${pages.size} pages with ${tables.length} tables.`,
  };
}
