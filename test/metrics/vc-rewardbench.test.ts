import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { ListedError } from '../../metrics/rewardbench/item.ts';
import { parseJudgeReply } from '../../metrics/rewardbench/matching.ts';
import { ruleMatching } from '../../metrics/rewardbench/rule-matcher.ts';
import { rewardBenchScore, vcRewardBench } from '../../metrics/vc-rewardbench.ts';

const golden = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        idx: z.number(),
        category: z.string(),
        human_errors: z.array(ListedError),
        pred_json: z.object({ errors: z.array(ListedError) }).nullable(),
      }),
    ),
    judgeReplies: z.record(z.string(), z.string()),
    expected: z.object({
      summary: z.unknown(),
      perItem: z.array(z.looseObject({ id: z.string() })),
      failed: z.array(z.string()),
    }),
  })
  .parse(
    JSON.parse(readFileSync(new URL('../fixtures/golden/vc-rewardbench.json', import.meta.url), 'utf8')),
  );

const result = vcRewardBench(golden.items, ({ id }) => golden.judgeReplies[id]);

test('golden: every number of every item, and which items are left out', () => {
  expect(result.failed_items).toEqual(golden.expected.failed);
  const byId = new Map(result.per_item_results.map((item) => [item.id, item]));
  expect(byId.size).toBe(golden.expected.perItem.length);
  for (const expected of golden.expected.perItem) expect(byId.get(expected.id)).toEqual(expected);
});

test('golden: the summary, overall, by category and by type', () => {
  expect(rounded(result.summary)).toEqual(rounded(golden.expected.summary));
});

test('the score names the three published figures', () => {
  const score = rewardBenchScore(result);
  expect(score.value).toBe(result.summary.overall.overall.f1_hard);
  expect(score.parts).toMatchObject({
    f1Soft: result.summary.overall.overall.f1_soft,
    severityCorrelation: result.summary.severity_correlation.overall.total,
    items: 59,
    failed: 1,
  });
});

test('a partial match is no hit, no alarm and no miss for the hard F1, and half a hit for the soft', () => {
  const error = { type: 'text_error', severity: 1, description: 'a' };
  const item = { id: '1', category: 'chart', human_errors: [error], pred_json: { errors: [error] } };
  const scored = vcRewardBench([item], () => ({
    matches: [{ pred_id: 0, gt_id: 0, match_level: 'partial' }],
  }));
  expect(scored.summary.overall.overall).toEqual({
    tp_hard: 0,
    tp_soft: 0.5,
    fp: 0,
    fn: 0,
    f1_hard: 1,
    f1_soft: 1,
  });
});

test('without variance there is no correlation, not a made-up one', () => {
  const { severity_correlation } = vcRewardBench([], () => undefined).summary;
  expect(severity_correlation.overall.total).toBeNull();
  expect(rewardBenchScore(vcRewardBench([], () => undefined)).parts).not.toHaveProperty(
    'severityCorrelation',
  );
});

test('a left-over place that no list has makes the reply unusable, as for the official script', () => {
  const error = { type: 'text_error', severity: 1, description: 'a' };
  const item = { id: 'odd', category: 'chart', human_errors: [error], pred_json: { errors: [] } };
  expect(vcRewardBench([item], () => '{"matches": [], "unmatched_gt": [7]}').failed_items).toEqual(['odd']);
});

test('any text may come from a judge: it is read or left out, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (reply) => {
      parseJudgeReply(reply);
      const { per_item_results, failed_items } = vcRewardBench(golden.items.slice(0, 2), () => reply);
      expect(per_item_results.length + failed_items.length).toBe(2);
    }),
  );
});

test('the rule matcher pairs errors that say the same, and never one of another type', () => {
  const error = (type: string, location: string, description: string) => ({
    type,
    severity: 2,
    location,
    description,
  });
  const item = {
    id: '1',
    category: 'chart',
    human_errors: [
      error('text_error', 'title', 'The title should read "Sales 2024".'),
      error('data_error', 'third bar', 'The bar North should be 12.'),
    ],
    pred_json: {
      errors: [
        error('style_error', 'title', 'The title should read "Sales 2024".'),
        error('data_error', 'bars', 'The bar North should be 12, not 9.'),
        error('text_error', 'title', 'The title should read Sales 2024'),
      ],
    },
  };
  expect(ruleMatching(item).matches).toEqual([
    { pred_id: 1, gt_id: 1, match_level: 'yes' },
    { pred_id: 2, gt_id: 0, match_level: 'yes' },
  ]);
});

test('a critic that repeats the labels is perfect, and each label that it drops costs recall', () => {
  const items = golden.items.map((item) => ({
    ...item,
    pred_json: { errors: item.human_errors.map((error) => ({ ...error, category: error.type })) },
  }));
  expect(vcRewardBench(items, ruleMatching).summary.overall.overall.f1_hard).toBe(1);
  const fewer = items.map((item) => ({ ...item, pred_json: { errors: item.pred_json.errors.slice(1) } }));
  expect(vcRewardBench(fewer, ruleMatching).summary.overall.overall.f1_hard).toBeLessThan(1);
});

/** Sums of floating-point numbers depend on their order, which the official script leaves to its threads. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? Number(part.toFixed(12)) : part)),
  );
}
