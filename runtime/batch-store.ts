import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { type BatchItem, pictureKey } from './batch-items.ts';
import { lockFolder } from './batch-lock.ts';
import { openRunLog, type RunLine } from './batch-log.ts';
import { checkUnchanged, type Finished } from './unchanged.ts';

/** A batch's folder: runs.jsonl, a folder for each run, and .verisim/ with what resuming needs. */
export interface BatchStore extends AsyncDisposable {
  readonly folder: string;
  /** Folder of the call cache. */
  readonly calls: string;
  /** Names that runs have, by `pictureKey`. */
  readonly known: ReadonlyMap<string, string>;
  /** Whether this run is finished: it came to its end, not to an error. */
  isDone(item: BatchItem): boolean;
  append(item: BatchItem, result: Pick<RunLine, 'record' | 'error'>): Promise<void>;
}

export interface StoreOptions {
  /** What the runs are made with; a batch that was begun otherwise is not gone on with. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Called with each finished run that is there. */
  readonly onPast?: (line: RunLine) => void;
}

/**
 * Opens a batch's folder, for this process alone.
 * @throws ConfigError when another process works there, or the runs there were made with other settings or of
 * pictures that have changed since.
 */
export async function openBatchStore(
  folder: string,
  { settings, onPast }: StoreOptions,
): Promise<BatchStore> {
  const own = join(folder, '.verisim');
  const unlock = await lockFolder(own);
  try {
    await agree(join(own, 'settings.json'), settings, folder);
    const known = new Map<string, string>();
    const done = new Map<string, Finished>();
    const log = await openRunLog(join(folder, 'runs.jsonl'), (line) => {
      const key = pictureKey(resolve(folder, line.image), line.task);
      known.set(key, line.run);
      if (!line.record || !isFinished(line) || done.has(key)) return;
      const { input, startedAt } = line.record;
      const image = resolve(folder, line.image);
      done.set(key, { image, digest: input.picture, startedAt: Date.parse(startedAt) });
      onPast?.(line);
    });
    await checkUnchanged(folder, done.values());
    return {
      folder,
      calls: join(own, 'calls'),
      known,
      isDone: ({ image, task }) => done.has(pictureKey(image, task)),
      append: ({ run, image, task }, result) =>
        log.append({ run, image: relative(folder, resolve(image)), task, ...result }),
      [Symbol.asyncDispose]: unlock,
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** An error may be gone the next time; whatever else ended a run would end it again. */
export function isFinished({ record, error }: Pick<RunLine, 'record' | 'error'>): boolean {
  return record !== null && error === null && record.error === null;
}

async function agree(path: string, settings: StoreOptions['settings'], folder: string): Promise<void> {
  const wanted = JSON.stringify(settings, null, 2);
  const there = await readFile(path, 'utf8').catch(() => undefined);
  if (there === undefined) {
    if (existsSync(join(folder, 'run.json'))) {
      throw new ConfigError(`${folder} holds the run of one picture. Name another --out for a batch.`);
    }
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.part`, wanted);
    await rename(`${path}.part`, path);
    return;
  }
  const before = settingsIn(there);
  const now = z.record(z.string(), z.unknown()).parse(JSON.parse(wanted));
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  if (changed.length === 0) return;
  const list = changed.map((name) => `${name} was ${said(before[name])}, now ${said(now[name])}`).join('; ');
  throw new ConfigError(
    `${folder} holds runs made with other settings (${list}). Name another --out, or use the same settings.`,
  );
}

function settingsIn(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function said(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
