import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadOlmOcr } from '../../datasets/olmocr.ts';
import { loadOmniDocBench } from '../../datasets/omnidocbench.ts';
import { loadVcRewardBench } from '../../datasets/vc-rewardbench.ts';
import { olmOcrTable } from '../../metrics/olmocr-table.ts';
import { ruleMatching } from '../../metrics/rewardbench/rule-matcher.ts';
import { pageEditDistance, tableEditDistance } from '../../metrics/table-edit-distance.ts';
import { teds } from '../../metrics/teds.ts';
import { rewardBenchScore, vcRewardBench } from '../../metrics/vc-rewardbench.ts';
import { collect } from '../datasets/collect.ts';

const at = (path: string) => fileURLToPath(new URL(`../fixtures/datasets/${path}`, import.meta.url));

test('predictions on VC-RewardBench, from file to figures', async () => {
  const items = await collect(loadVcRewardBench(at('vc-rewardbench/predictions.json')));
  const result = vcRewardBench(items, ruleMatching);
  // Both predicted errors are found; of the labels, that of the title is missed.
  expect(result.summary.overall.overall).toMatchObject({ tp_hard: 2, fp: 0, fn: 1 });
  expect(rewardBenchScore(result)).toMatchObject({ value: 0.8, parts: { items: 3, failed: 0 } });
});

test('tables of OmniDocBench against themselves and against nothing', async () => {
  const samples = await collect(loadOmniDocBench(at('omnidocbench/OmniDocBench.json')));
  for (const { code } of samples) {
    expect(teds(code, code).value).toBe(1);
    expect(teds('', code).value).toBe(0);
  }
  const score = pageEditDistance(
    samples.map(({ page, code }, i) => ({ page, score: tableEditDistance(i === 0 ? code : '', code) })),
  );
  expect(score.value).toBeGreaterThan(0);
  expect(score.value).toBeLessThan(1);
});

test('a page of olmOCR-bench against its table tests', async () => {
  const markdown = await readFile(at('olmocr/report_pg1_repeat1.md'), 'utf8');
  const entries = await collect(loadOlmOcr(at('olmocr')));
  expect(entries.map(({ test: wanted }) => olmOcrTable(markdown, wanted).value)).toEqual([1, 1]);
  expect(entries.map(({ test: wanted }) => olmOcrTable('', wanted).value)).toEqual([0, 0]);
});
