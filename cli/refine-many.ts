import { join } from 'node:path';
import { VerisimError } from '../core/errors.ts';
import { type BatchOutcome, refineBatch } from '../runtime/batch.ts';
import { batchItems } from '../runtime/batch-items.ts';
import { openBatchStore } from '../runtime/batch-store.ts';
import type { Config } from '../runtime/config.ts';
import { Settings } from '../runtime/settings.ts';
import type { Verisim } from '../runtime/verisim.ts';
import { batchProgress } from './batch-progress.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';

interface Wishes {
  readonly task: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly concurrency: number;
  readonly config: Config;
}

/** Refines every picture that the paths stand for; one that fails does not stop the rest. Returns the exit code. */
export async function refineMany(
  verisim: Verisim,
  paths: readonly string[],
  { task, out, json, concurrency, config }: Wishes,
  io: Io,
): Promise<number> {
  const progress = batchProgress(io);
  let code: number = exit.good;
  const found = await batchItems(paths, { task });
  const settings = { ...settingsOf(config), task };
  await using store =
    out === undefined
      ? undefined
      : await openBatchStore(out, {
          settings,
          onPast(line) {
            progress.past(line);
            if (line.record?.best === null) code = exit.noResult;
          },
        });
  const items = store ? await batchItems(paths, { task, known: store.known }) : found;
  progress.begin(items.length);
  await refineBatch(verisim, items, {
    concurrency,
    ...(store && { store }),
    signal: io.signal,
    watch: progress.watch,
    onDone(outcome) {
      progress.done(outcome);
      code = Math.max(code, codeOf(outcome));
      const record = outcome.kind === 'finished' ? outcome.result.record : outcome.record;
      if (json && record) io.print(`${JSON.stringify(record)}\n`);
    },
  });
  progress.end();
  if (out) io.say(`records: ${join(out, 'runs.jsonl')}, reports: ${join(out, '*', 'report.html')}`);
  return code;
}

/** What decides the results of the runs. */
function settingsOf(config: Config): Record<string, unknown> {
  const names = Object.keys(Settings.shape);
  return Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name)));
}

function codeOf(outcome: BatchOutcome): number {
  if (outcome.kind === 'interrupted') return exit.interrupted;
  const record = outcome.kind === 'finished' ? outcome.result.record : outcome.record;
  if (record && record.best !== null) return exit.good;
  return outcome.kind === 'failed' && outcome.error instanceof VerisimError ? exit.wrongUse : exit.noResult;
}
