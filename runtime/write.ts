import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, VerisimError } from '../core/errors.ts';
import type { PictureStore } from '../core/picture.ts';
import type { Round, RunRecord } from '../core/record.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { reportHtml } from './report.ts';

/**
 * Writes a run's folder: run.json, final.<extension>, final.png, rounds/<n>/{code.*, render.png,
 * critique.json}, pictures/<digest>.png and report.html. Each file appears whole or not at all; what an
 * earlier run left there under these names goes.
 * @throws ConfigError when the folder cannot be written, or the report page is not built.
 */
export async function writeRun(folder: string, record: RunRecord, pictures: PictureStore): Promise<void> {
  try {
    await writeFiles(folder, record, pictures);
  } catch (cause) {
    if (cause instanceof VerisimError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The folder ${folder} cannot be written: ${why}. Name another.`, { cause });
  }
}

async function writeFiles(folder: string, record: RunRecord, pictures: PictureStore): Promise<void> {
  const { extension } = languageOf(taskNamed(record.task), record.language);
  await Promise.all(
    ['rounds', 'pictures'].map((name) => rm(join(folder, name), { recursive: true, force: true })),
  );
  await mkdir(join(folder, 'pictures'), { recursive: true });
  const digests = new Set([record.input.picture, ...record.rounds.flatMap(pictureOf)]);
  for (const digest of digests)
    await put(join(folder, 'pictures', `${digest}.png`), pictures.get(digest).png);
  for (const round of record.rounds)
    await writeRound(join(folder, 'rounds', String(round.index)), round, extension, pictures);

  const best = record.best === null ? undefined : record.rounds[record.best];
  if (best?.render.kind === 'rendered') {
    await put(join(folder, `final.${extension}`), best.code);
    await put(join(folder, 'final.png'), pictures.get(best.render.picture).png);
  } else {
    await Promise.all(
      [`final.${extension}`, 'final.png'].map((name) => rm(join(folder, name), { force: true })),
    );
  }
  await put(join(folder, 'report.html'), await reportHtml(record, pictures));
  // Last, so that a folder with a run.json is complete.
  await put(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

async function writeRound(
  folder: string,
  round: Round,
  extension: string,
  pictures: PictureStore,
): Promise<void> {
  const { code, render, critique } = round;
  await mkdir(folder, { recursive: true });
  await put(join(folder, `code.${extension}`), code);
  if (render.kind === 'rendered') await put(join(folder, 'render.png'), pictures.get(render.picture).png);
  else await put(join(folder, 'render-failure.json'), `${JSON.stringify(render, null, 2)}\n`);
  if (critique) await put(join(folder, 'critique.json'), `${JSON.stringify(critique, null, 2)}\n`);
}

function pictureOf({ render }: Round): string[] {
  return render.kind === 'rendered' ? [render.picture] : [];
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, content);
  await rename(part, path);
}
