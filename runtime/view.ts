import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, DatasetError } from '../core/errors.ts';
import type { Picture, PictureStore } from '../core/picture.ts';
import { RunRecord } from '../core/record.ts';
import { loadPicture } from '../tools/image/decode.ts';
import { readRunLog } from './batch-log.ts';
import { addView } from './write.ts';

/**
 * Makes rounds/ and report.html of a run's folder, or of every run of a batch's folder, from its record and pictures.
 * Gives the path of each page as it is made.
 * @throws ConfigError when the folder holds neither run.json nor runs.jsonl; DatasetError when a record or one of its
 * pictures is missing or damaged.
 */
export async function* makeReports(folder: string, signal?: AbortSignal): AsyncGenerator<string> {
  const single = await recordIn(folder);
  if (single) {
    yield await reportOf(folder, single);
    return;
  }
  const runs = new Set<string>();
  await readRunLog(join(folder, 'runs.jsonl'), ({ run, record }) => {
    if (record) runs.add(run);
  });
  if (runs.size === 0) {
    throw new ConfigError(
      `${folder} holds no run: neither run.json nor runs.jsonl. Name the --out of a refine.`,
    );
  }
  for (const run of runs) {
    signal?.throwIfAborted();
    const record = await recordIn(join(folder, run));
    if (!record)
      throw new DatasetError(`${join(folder, run, 'run.json')} is missing. Refine the picture again.`);
    yield await reportOf(join(folder, run), record);
  }
}

async function reportOf(folder: string, record: RunRecord): Promise<string> {
  await addView(folder, record, await picturesOf(folder, record));
  return join(folder, 'report.html');
}

async function recordIn(folder: string): Promise<RunRecord | undefined> {
  const path = join(folder, 'run.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return RunRecord.parse(JSON.parse(text));
  } catch (cause) {
    throw new DatasetError(`${path} is no run's record. Refine the picture again.`, { cause });
  }
}

async function picturesOf(folder: string, { input, rounds }: RunRecord): Promise<Pick<PictureStore, 'get'>> {
  const rendered = rounds.flatMap(({ render }) => (render.kind === 'rendered' ? [render.picture] : []));
  const pictures = new Map<string, Picture>();
  for (const digest of new Set([input.picture, ...rendered])) {
    const path = join(folder, 'pictures', `${digest}.png`);
    const picture = await loadPicture(path).catch((cause: unknown) => {
      throw new DatasetError(`${path} is missing or damaged. Refine the picture again.`, { cause });
    });
    pictures.set(digest, picture);
  }
  return {
    get(digest) {
      const picture = pictures.get(digest);
      if (!picture) throw new DatasetError(`The record of ${folder} does not name the picture ${digest}.`);
      return picture;
    },
  };
}
