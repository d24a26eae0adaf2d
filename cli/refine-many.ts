import { join } from 'node:path';
import { VerisimError } from '../core/errors.ts';
import { noUsage } from '../core/usage.ts';
import { type BatchOutcome, refineBatch } from '../runtime/batch.ts';
import { batchItems } from '../runtime/batch-items.ts';
import { openBatchStore } from '../runtime/batch-store.ts';
import { openBudget } from '../runtime/budget.ts';
import type { Config } from '../runtime/config.ts';
import { Settings } from '../runtime/settings.ts';
import type { Verisim } from '../runtime/verisim.ts';
import { batchProgress } from './batch-progress.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';

interface Wishes {
  readonly task?: string | undefined;
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly concurrency: number;
  readonly batchTokens?: number | undefined;
  readonly batchCost?: number | undefined;
  readonly batchTime?: number | undefined;
  readonly config: Config;
}

/** Refines every picture that the paths stand for; one that fails does not stop the rest. Returns the exit code. */
export async function refineMany(
  verisim: Verisim,
  paths: readonly string[],
  { task, out, json, concurrency, config, ...bounds }: Wishes,
  io: Io,
): Promise<number> {
  const progress = batchProgress(io);
  let code: number = exit.good;
  const spent = { tokens: 0, cost: 0 };
  const found = await batchItems(paths, { task });
  const settings = { ...settingsOf(config), task };
  await using store =
    out === undefined
      ? undefined
      : await openBatchStore(out, {
          settings,
          onPast(line) {
            progress.past(line);
            const { usage } = line.record?.totals ?? { usage: noUsage };
            spent.tokens += usage.inputTokens + usage.outputTokens;
            spent.cost += usage.cost;
            if (line.record?.best === null) code = exit.noResult;
          },
        });
  const items = store ? await batchItems(paths, { task, known: store.known }) : found;
  const limits = { tokens: bounds.batchTokens, cost: bounds.batchCost, time: bounds.batchTime };
  const budget = openBudget({ scope: 'batch', limits, spent });
  progress.begin(items.length);
  await refineBatch(verisim, items, {
    concurrency,
    ...(store && { store }),
    budget,
    signal: io.signal,
    watch: progress.watch,
    onDone(outcome) {
      progress.done(outcome);
      code = Math.max(code, codeOf(outcome));
      const record = outcome.kind === 'finished' ? outcome.result.record : outcome.record;
      if (json && record) io.print(`${JSON.stringify(record)}\n`);
    },
  });
  progress.end(budget.reached !== undefined);
  if (budget.reached) io.say(`verisim: ${budget.reached.message}`);
  if (out) io.say(`records: ${join(out, 'runs.jsonl')}; pages to look at: verisim report ${out}`);
  return budget.reached ? Math.max(code, exit.noResult) : code;
}

/** What decides the results of the runs. */
function settingsOf(config: Config): Record<string, unknown> {
  const names = Object.keys(Settings.shape);
  return Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name)));
}

function codeOf(outcome: BatchOutcome): number {
  // By a signal, the whole ends as interrupted; by a budget, it has no result here.
  if (outcome.kind === 'interrupted') return exit.noResult;
  const record = outcome.kind === 'finished' ? outcome.result.record : outcome.record;
  if (record && record.best !== null) return exit.good;
  return outcome.kind === 'failed' && outcome.error instanceof VerisimError ? exit.wrongUse : exit.noResult;
}
