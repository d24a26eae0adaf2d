/**
 * How fast the metrics are: TEDS on the golden tables, on a table of 2,000 cells and on one of 10,000; the scoring of
 * VC-RewardBench; the other table metrics.
 *
 * Times are CPU time of this process, so that what else the machine does does not count; on an idle machine that is
 * the time that passes.
 *
 *   npm run bench:metrics
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import * as z from 'zod';
import { olmOcrTable } from '../metrics/olmocr-table.ts';
import { ListedError } from '../metrics/rewardbench/item.ts';
import { ruleMatching } from '../metrics/rewardbench/rule-matcher.ts';
import type { Score } from '../metrics/score.ts';
import { tableEditDistance } from '../metrics/table-edit-distance.ts';
import { teds } from '../metrics/teds.ts';
import { vcRewardBench } from '../metrics/vc-rewardbench.ts';

/** Seconds a table of PubTabNet's own script (Python, APTED), as reference.md gives it for a two-core machine. */
const REFERENCE_TEDS = 0.56;
const REWARDBENCH_ITEMS = 1335;
const PASSES = 5;

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../test/fixtures/golden/${name}.json`, import.meta.url), 'utf8'));

const tables = z
  .object({ cases: z.array(z.object({ pred: z.string(), true: z.string() })) })
  .parse(fixture('teds')).cases;
const bench = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        category: z.string(),
        human_errors: z.array(ListedError),
        pred_json: z.object({ errors: z.array(ListedError) }).nullable(),
      }),
    ),
    judgeReplies: z.record(z.string(), z.string()),
  })
  .parse(fixture('vc-rewardbench'));

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, CPU time, best of ${PASSES} passes`,
);

console.log(`\nTEDS, ${tables.length} golden tables of PubTabNet, parsing included`);
const golden = fastest(() => tables.map(({ pred, true: truth }) => teds(pred, truth)));
const seconds = golden.milliseconds / 1000 / tables.length;
row('a table', `${(seconds * 1000).toFixed(2)} ms`);
row('operations a table', String(Math.round(mean(golden.result.map(operationsOf)))));
row('over the reference', `${Math.round(REFERENCE_TEDS / seconds)} times as fast`);
console.log(
  `  The reference's ${REFERENCE_TEDS} s a table is the published figure of reference.md, not measured in this run. Aim: 100 times.`,
);
const structure = fastest(() =>
  tables.map(({ pred, true: truth }) => teds(pred, truth, { structureOnly: true })),
);
row('TEDS-S a table', `${(structure.milliseconds / tables.length).toFixed(2)} ms`);

console.log('\nTEDS, large tables that differ in nearly every cell');
for (const [rows, columns, passes] of [
  [100, 20, PASSES],
  [500, 20, 1],
] as const) {
  const { milliseconds, result } = fastest(
    () => teds(grid(rows, columns, 1), grid(rows, columns, 2)),
    passes,
  );
  const aim = rows * columns === 2000 ? ' (aim: under 2 s)' : '';
  row(
    `${rows * columns} cells`,
    `${(milliseconds / 1000).toFixed(2)} s, ${operationsOf(result)} operations${aim}`,
  );
}

console.log('\nOther table metrics, golden tables');
const edits = fastest(() => tables.map(({ pred, true: truth }) => tableEditDistance(pred, truth)));
row('OmniDocBench edit distance', `${(edits.milliseconds / tables.length).toFixed(2)} ms a table`);
const cells = fastest(() => tables.map(({ pred }) => olmOcrTable(pred, { cell: 'Total', right: '1' })));
row('olmOCR table test', `${(cells.milliseconds / tables.length).toFixed(2)} ms a test`);

console.log(`\nVC-RewardBench, ${REWARDBENCH_ITEMS} items (the golden ones, repeated), without a judge`);
const items = Array.from({ length: REWARDBENCH_ITEMS }, (_, index) => {
  const item = bench.items[index % bench.items.length];
  if (!item) throw new Error('The golden items are missing.');
  return { ...item, id: `${item.id}-${index}` };
});
const replies = fastest(() => vcRewardBench(items, ({ id }) => bench.judgeReplies[id.split('-')[0] ?? '']));
row('from judge replies', `${(replies.milliseconds / 1000).toFixed(3)} s (aim: under 2 s)`);
const rules = fastest(() => vcRewardBench(items, ruleMatching));
row('with the rule matcher', `${(rules.milliseconds / 1000).toFixed(3)} s`);

function fastest<T>(work: () => T, passes = PASSES): { milliseconds: number; result: T } {
  let best = Infinity;
  let result = work();
  for (let pass = 0; pass < passes; pass++) {
    const start = process.cpuUsage();
    result = work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return { milliseconds: best, result };
}

/** A table whose cells follow from the seed, so that two seeds agree on hardly any. */
function grid(rows: number, columns: number, seed: number): string {
  const cell = (y: number, x: number) =>
    `<td>${((y * 7919 + x * 104729 + seed * 31337) % 99991).toString(36)}.${(x * y * seed) % 997}</td>`;
  const line = (y: number) => `<tr>${Array.from({ length: columns }, (_, x) => cell(y, x)).join('')}</tr>`;
  return `<html><body><table>${Array.from({ length: rows }, (_, y) => line(y)).join('')}</table></body></html>`;
}

function operationsOf({ parts: { operations = 0 } }: Score): number {
  return operations;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function row(name: string, value: string): void {
  console.log(`  ${name.padEnd(28)} ${value}`);
}
