import { loadOmniDocBench } from '../../datasets/omnidocbench.ts';
import { mean } from '../../metrics/score.ts';
import { markdownTableToHtml } from '../../metrics/table/markdown.ts';
import { normaliseTable } from '../../metrics/table/normalise.ts';
import { pageEditDistance, tableEditDistance } from '../../metrics/table-edit-distance.ts';
import { teds } from '../../metrics/teds.ts';
import type { CodeBenchmark } from '../code/benchmark.ts';

export interface OmniDocBenchOptions {
  readonly file: string;
  readonly images?: string | undefined;
  /** html or markdown. */
  readonly language: string;
}

/** The tables of OmniDocBench, cropped from their pages. */
export function omniDocBench({ file, images, language }: OmniDocBenchOptions): CodeBenchmark {
  return {
    title: 'OmniDocBench tables',
    clusters: 'pages',
    figures: [
      { key: 'teds', title: 'TEDS', better: 'higher', decimals: 1 },
      { key: 'tedsS', title: 'TEDS-S', better: 'higher', decimals: 1 },
      { key: 'editDistance', title: 'edit distance (by page)', better: 'lower', decimals: 3 },
      { key: 'produced', title: 'tables produced (%)', better: 'higher', decimals: 1 },
    ],
    notes: ['TEDS compares normalised tables, times 100. Tables are cropped by their polygons.'],
    async *items(signal) {
      const samples = loadOmniDocBench(file, { ...(images && { images }), ...(signal && { signal }) });
      for await (const { id, task, code: golden, page, picture } of samples) {
        yield {
          id,
          task,
          language,
          names: [id.replaceAll('/', '_')],
          cluster: page,
          picture,
          async score(code) {
            const [made, wanted] = [normaliseTable(htmlOf(code ?? '')), normaliseTable(golden)];
            const { edits = 0, length = 0 } = tableEditDistance(code ?? '', golden).parts;
            const failure =
              code === undefined ? 'there is no output' : made === '' ? 'the output holds no table' : null;
            return {
              values: {
                teds: teds(made, wanted).value,
                tedsS: teds(made, wanted, { structureOnly: true }).value,
                edits,
                length,
              },
              failure,
            };
          },
        };
      }
    },
    figuresOf(results) {
      const percent = (key: string) => 100 * mean(results.map(({ values }) => values[key] ?? 0));
      const tables = results.map(({ cluster, values: { edits = 0, length = 0 } }) => ({
        page: cluster,
        score: { value: 0, parts: { edits, length }, explanation: '' },
      }));
      return {
        teds: percent('teds'),
        tedsS: percent('tedsS'),
        editDistance: pageEditDistance(tables).value,
        produced: 100 * mean(results.map(({ failure }) => (failure === null ? 1 : 0))),
      };
    },
  };
}

function htmlOf(text: string): string {
  return /<table/i.test(text) ? text : markdownTableToHtml(text);
}
