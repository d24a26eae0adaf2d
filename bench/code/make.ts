import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import type { CodeItem, ItemResult } from './benchmark.ts';
import { fileNameOf } from './files.ts';

/**
 * Runs the configured generator, critic and strategy on an item and writes its code to `outputs/`. Calls of a run that
 * was cut off are replayed from `calls/`, not paid for again.
 * @throws whatever ended the run before its end, such as ModelError: a model that is away is no failure of its code.
 */
export async function makeOutput(
  item: CodeItem,
  { verisim, out, signal }: { verisim: Verisim; out: string; signal: AbortSignal },
): Promise<{ code: string | undefined; run: ItemResult['run'] }> {
  const { id, task, language, instructions } = item;
  const { code, record, error } = await verisim.refine(await item.picture(), {
    task,
    language,
    name: id,
    calls: { folder: join(out, 'calls'), run: id },
    ...(instructions !== undefined && { instructions }),
    signal,
  });
  signal.throwIfAborted();
  if (error !== undefined) throw error;
  if (code !== null) {
    const { extension } = languageOf(taskNamed(task), language);
    const path = join(out, 'outputs', `${fileNameOf(id)}.${extension}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
  }
  const { stopReason, rounds, totals } = record;
  return { code: code ?? undefined, run: { stopReason, rounds: rounds.length, ...totals } };
}
