import { DatasetError } from '../../../core/errors.ts';
import { loadOlmOcr } from '../../../datasets/olmocr.ts';
import { olmOcrTable } from '../../../metrics/olmocr-table.ts';
import { mean } from '../../../metrics/score.ts';
import { markdownTableToHtml } from '../../../metrics/table/markdown.ts';
import { tableEditDistance } from '../../../metrics/table-edit-distance.ts';
import { teds } from '../../../metrics/teds.ts';
import { type PairMetric, type ScoreFile, tableFiles } from '../metric.ts';

const files = { candidate: tableFiles, reference: tableFiles };

export const tableMetrics: readonly PairMetric[] = [
  tedsNamed('teds', false, 'tree edit similarity of two tables, up to 1'),
  tedsNamed('teds-s', true, 'the same of their structure alone, up to 1'),
  {
    name: 'table-edit-distance',
    summary: 'edit distance of two normalised tables, 0 (equal) to 1',
    ...files,
    worst: 1,
    score: async (candidate, reference) => tableEditDistance(await candidate.text(), await reference.text()),
  },
  {
    name: 'olmocr-table',
    summary: 'share of the table tests of olmOCR-bench that pass',
    candidate: ['md', 'html'],
    reference: ['jsonl'],
    worst: 0,
    async score(candidate, reference) {
      const page = await candidate.text();
      const results = [];
      for await (const { test } of loadOlmOcr(reference.path)) results.push(olmOcrTable(page, test));
      if (results.length === 0) throw new DatasetError(`There is no table test in ${reference.path}.`);
      const passed = results.filter(({ value }) => value === 1).length;
      return {
        value: mean(results.map(({ value }) => value)),
        parts: { passed, tests: results.length },
        explanation: `${passed} of ${results.length} table tests pass.`,
      };
    },
  },
];

function tedsNamed(name: string, structureOnly: boolean, summary: string): PairMetric {
  return {
    name,
    summary,
    ...files,
    worst: 0,
    score: async (candidate, reference) =>
      teds(await htmlOf(candidate), await htmlOf(reference), { structureOnly }),
  };
}

/** TEDS compares trees of HTML, so a Markdown table becomes HTML first. */
async function htmlOf(file: ScoreFile): Promise<string> {
  const text = await file.text();
  return /<table/i.test(text) ? text : markdownTableToHtml(text);
}
