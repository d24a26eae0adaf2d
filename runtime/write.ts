import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VerisimError } from '../core/errors.ts';
import type { PictureStore } from '../core/picture.ts';
import type { Round, RunRecord } from '../core/record.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { unwritable } from './check-folder.ts';
import { reportHtml } from './report.ts';

type Pictures = Pick<PictureStore, 'get'>;
type Put = (path: string, content: string | Uint8Array) => Promise<void>;

/**
 * Writes a run's folder: run.json, final.<extension>, final.png, rounds/<n>/{code.*, render.png,
 * critique.json}, pictures/<digest>.png and report.html. Each file appears whole or not at all; what an
 * earlier run left there under these names goes.
 * @throws ConfigError when the folder cannot be written, or the report page is not built.
 */
export async function writeRun(folder: string, record: RunRecord, pictures: Pictures): Promise<void> {
  await explained(folder, async () => {
    await begin(folder, record, pictures, putWhole);
    // Before what can be made again of it: the tokens that it tells of are paid for.
    await putWhole(join(folder, 'run.json'), jsonOf(record));
    await writeView(folder, record, pictures);
  });
}

/**
 * Writes what cannot be made again: run.json, final.<extension>, final.png and pictures/. For a batch, whose runs.jsonl
 * says which folders are whole, and of whose runs few are ever looked at: `addView` makes the rest of those.
 * @throws ConfigError when the folder cannot be written.
 */
export async function writeRecord(folder: string, record: RunRecord, pictures: Pictures): Promise<void> {
  await explained(folder, async () => {
    await begin(folder, record, pictures, writeFile);
    await writeFile(join(folder, 'run.json'), jsonOf(record));
  });
}

/**
 * Adds what people look at to a folder that `writeRecord` made: rounds/ and report.html.
 * @throws ConfigError when the folder cannot be written, or the report page is not built.
 */
export async function addView(folder: string, record: RunRecord, pictures: Pictures): Promise<void> {
  await explained(folder, async () => {
    await remove(folder, 'rounds');
    await writeView(folder, record, pictures);
  });
}

async function begin(folder: string, record: RunRecord, pictures: Pictures, put: Put): Promise<void> {
  const { extension } = languageOf(taskNamed(record.task), record.language);
  const best = record.best === null ? undefined : record.rounds[record.best];
  const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
  // The record first: without it, what a kill leaves does not look complete.
  if (!isNew) await remove(folder, 'run.json', 'report.html', 'rounds', 'pictures');
  await mkdir(join(folder, 'pictures'));
  const digests = new Set([record.input.picture, ...record.rounds.flatMap(pictureOf)]);
  for (const digest of digests) {
    await put(join(folder, 'pictures', `${digest}.png`), pictures.get(digest).png);
  }
  if (best?.render.kind === 'rendered') {
    await put(join(folder, `final.${extension}`), best.code);
    await put(join(folder, 'final.png'), pictures.get(best.render.picture).png);
  } else if (!isNew) await remove(folder, `final.${extension}`, 'final.png');
}

async function writeView(folder: string, record: RunRecord, pictures: Pictures): Promise<void> {
  const { extension } = languageOf(taskNamed(record.task), record.language);
  for (const round of record.rounds) {
    await writeRound(join(folder, 'rounds', String(round.index)), round, extension, pictures);
  }
  await putWhole(join(folder, 'report.html'), await reportHtml(record, pictures));
}

async function writeRound(
  folder: string,
  { code, render, critique }: Round,
  extension: string,
  pictures: Pictures,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await putWhole(join(folder, `code.${extension}`), code);
  if (render.kind === 'rendered') {
    await putWhole(join(folder, 'render.png'), pictures.get(render.picture).png);
  } else await putWhole(join(folder, 'render-failure.json'), jsonOf(render));
  if (critique) await putWhole(join(folder, 'critique.json'), jsonOf(critique));
}

function pictureOf({ render }: Round): string[] {
  return render.kind === 'rendered' ? [render.picture] : [];
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function remove(folder: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

async function putWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function explained(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (cause instanceof VerisimError) throw cause;
    throw unwritable(folder, cause);
  }
}
