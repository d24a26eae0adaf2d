import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { DatasetError } from '../../core/errors.ts';
import { Usage } from '../../core/usage.ts';
import { bootstrap } from '../bootstrap.ts';
import { forEach } from '../each.ts';
import { claimFolder, type Made, openLog, writeJson } from '../keep.ts';
import type { CodeBenchmark, CodeItem, CodeTools, ItemResult } from './benchmark.ts';
import { digestOf, outputOf, outputPaths } from './files.ts';
import { makeOutput } from './make.ts';
import { type CodeRun, codeReport } from './report.ts';

export interface CodeRunOptions {
  /** Folder of existing outputs; null: they are generated. */
  readonly outputs: string | null;
  /** What makes the results: two runs that differ in it never share a folder. */
  readonly made: Made;
  /** Who made the outputs, for people. */
  readonly by: string;
  /** Only the first items, for a trial. */
  readonly limit?: number | undefined;
  readonly out: string;
  readonly concurrency: number;
  readonly resamples: number;
  readonly seed: number;
  readonly tools: CodeTools;
  readonly say: (line: string) => void;
  readonly status: (line: string) => void;
}

const ResultLine = z.object({
  id: z.string(),
  cluster: z.string(),
  output: z.string().nullable(),
  values: z.record(z.string(), z.number()),
  failure: z.string().nullable(),
  run: z
    .object({ stopReason: z.string(), rounds: z.int(), usage: Usage, milliseconds: z.number() })
    .nullable(),
});

/**
 * Generates the outputs of a benchmark, or takes those that are there, and scores them. What has no output or fails
 * stays in every mean. Each result is on disk before the next; what is there is not done again.
 * @throws ConfigError, DatasetError, ModelError, RenderError; the signal's reason when aborted, what is done being kept.
 */
export async function runCodeBenchmark(benchmark: CodeBenchmark, options: CodeRunOptions): Promise<CodeRun> {
  const { out, made, tools, concurrency, resamples, seed, say, status } = options;
  const { signal } = tools;
  const items = await itemsOf(benchmark, options);
  await claimFolder(out, made);
  const log = await openLog(join(out, 'results.jsonl'), ResultLine);
  if (log.mended) say('The last result was half written; its item is done again.');
  const results = new Map<string, ItemResult>();
  let kept = 0;
  await forEach(items, { concurrency, signal }, async (item, aborted) => {
    const before = log.before.get(item.id);
    const given = options.outputs === null ? undefined : await outputOf(item, options.outputs);
    // An output that was changed since is scored again.
    if (before && (options.outputs === null || before.output === digestOrNull(given))) {
      results.set(item.id, before);
      kept++;
      return;
    }
    const { code, run } =
      options.outputs === null
        ? await makeOutput(item, { verisim: tools.verisim, out, signal: aborted })
        : { code: given, run: null };
    const scored = await item.score(code, { ...tools, signal: aborted });
    const result = { id: item.id, cluster: item.cluster, output: digestOrNull(code), ...scored, run };
    await log.append(result);
    results.set(item.id, result);
    status(`  ${results.size} of ${items.length}`);
  });
  if (kept > 0) say(`${kept} of ${items.length} results were there already.`);
  const ordered = items.flatMap(({ id }) => results.get(id) ?? []);
  const run: CodeRun = {
    benchmark,
    by: options.by,
    results: ordered,
    figures: benchmark.figuresOf(ordered),
    intervals: bootstrap(ordered, ({ cluster }) => cluster, benchmark.figuresOf, { resamples, seed }),
    resamples,
    seed,
  };
  await writeJson(join(out, 'results.json'), summaryOf(run));
  await writeFile(join(out, 'report.md'), codeReport(run));
  return run;
}

/** The figures as JSON. */
export function summaryOf({ benchmark, by, results, figures, intervals, resamples, seed }: CodeRun): object {
  const named = benchmark.figures.filter(({ key }) => figures[key] !== undefined);
  return {
    benchmark: benchmark.title,
    by,
    items: results.length,
    failures: results.flatMap(({ id, failure }) => (failure === null ? [] : [{ id, failure }])),
    figures: named.map(({ key, title, better }) => ({
      key,
      title,
      better,
      value: figures[key],
      interval: intervals[key] ?? null,
    })),
    bootstrap: { level: 0.95, resamples, seed, of: benchmark.clusters },
  };
}

async function itemsOf(
  benchmark: CodeBenchmark,
  { limit = Infinity, outputs, tools }: CodeRunOptions,
): Promise<CodeItem[]> {
  const items: CodeItem[] = [];
  for await (const item of benchmark.items(tools.signal)) {
    if (items.length < limit) items.push(item);
  }
  const [first] = items;
  if (!first) throw new DatasetError(`The dataset holds nothing for ${benchmark.title}. Give another one.`);
  if (outputs === null) return items;
  const found = await Promise.all(items.map((item) => outputOf(item, outputs)));
  if (found.some((text) => text !== undefined)) return items;
  throw new DatasetError(
    `${outputs} has no output of any of the ${items.length} items. That of "${first.id}" could be: ${outputPaths(first).join(', ')}.`,
  );
}

function digestOrNull(code: string | undefined): string | null {
  return code === undefined ? null : digestOf(code);
}
