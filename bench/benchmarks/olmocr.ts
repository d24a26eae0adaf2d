import { loadOlmOcr, type OlmOcrEntry } from '../../datasets/olmocr.ts';
import { olmOcrAverage, olmOcrTable } from '../../metrics/olmocr-table.ts';
import { mean } from '../../metrics/score.ts';
import type { CodeBenchmark, CodeItem } from '../code/benchmark.ts';

export interface OlmOcrOptions {
  /** A file of tests, or the folder of them. */
  readonly path: string;
  readonly images?: string | undefined;
  /** html or markdown. */
  readonly language: string;
}

/** The table tests of olmOCR-bench. An item is a page; its values are its tests, named by file and id. */
export function olmOcrBench({ path, images, language }: OlmOcrOptions): CodeBenchmark {
  return {
    title: 'olmOCR-bench, table tests',
    clusters: 'pages',
    figures: [
      { key: 'average', title: 'tests passed, mean over files (%)', better: 'higher', decimals: 1 },
      { key: 'passed', title: 'tests passed, of all (%)', better: 'higher', decimals: 1 },
      { key: 'produced', title: 'pages produced (%)', better: 'higher', decimals: 1 },
    ],
    notes: [
      'Table tests alone: the benchmark has others. A generator of Verisim draws a page as its tables; Markdown of whole pages is scored with --outputs.',
    ],
    async *items(signal) {
      // Tests of one page need not stand together.
      const entries: OlmOcrEntry[] = [];
      for await (const entry of loadOlmOcr(path, { ...(images && { images }), ...(signal && { signal }) })) {
        entries.push(entry);
      }
      for (const [page, tests] of Map.groupBy(entries, (entry) => entry.page)) {
        yield itemOf(page, tests, language);
      }
    },
    figuresOf(results) {
      const tests = results.flatMap(({ values }) =>
        Object.entries(values).map(([name, value]) => ({
          file: name.slice(0, name.indexOf('#')),
          score: { value, parts: {}, explanation: '' },
        })),
      );
      return {
        average: 100 * olmOcrAverage(tests).value,
        passed: 100 * mean(tests.map(({ score }) => score.value)),
        produced: 100 * mean(results.map(({ failure }) => (failure === null ? 1 : 0))),
      };
    },
  };
}

function itemOf(page: string, tests: readonly OlmOcrEntry[], language: string): CodeItem {
  const [first] = tests;
  return {
    id: page,
    task: 'table',
    language,
    // The benchmark's own name for the first of several conversions of a page.
    names: [`${page}_repeat1`],
    cluster: page,
    picture: async () => {
      if (!first) throw new RangeError(`The page ${page} has no test.`);
      return first.picture();
    },
    async score(code) {
      const values = tests.map(({ file, id, test }) => [
        `${file}#${id}`,
        olmOcrTable(code ?? '', test).value,
      ]);
      return {
        values: Object.fromEntries(values),
        failure: code === undefined ? 'there is no output' : null,
      };
    },
  };
}
