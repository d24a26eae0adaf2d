import { constants, existsSync } from 'node:fs';
import { access, mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigError } from '../core/errors.ts';

/**
 * Checks that a folder can be written, before anything is paid for what goes there. Leaves nothing behind.
 * @throws ConfigError when it cannot, or when it is a file.
 */
export async function checkFolder(folder: string): Promise<void> {
  const wanted = resolve(folder);
  try {
    const there = await nearest(wanted);
    await access(there, constants.W_OK);
    const [missing = ''] = relative(there, wanted).split(sep);
    if (missing === '') return;
    // Made and taken away again: what a special file system refuses, nothing but trying tells.
    const trial = join(there, missing);
    await mkdir(trial);
    await rmdir(trial);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/**
 * Checks that a folder can take one run.
 * @throws ConfigError when it cannot be written, or holds a batch.
 */
export async function checkRunFolder(folder: string): Promise<void> {
  await checkFolder(folder);
  if (existsSync(join(folder, 'runs.jsonl'))) {
    throw new ConfigError(`${folder} holds a batch. Name another --out for the run of one picture.`);
  }
}

export function unwritable(folder: string, cause: unknown): ConfigError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ConfigError(`The folder ${folder} cannot be written: ${why}. Name another.`, { cause });
}

/** The folder itself, or the nearest above it that exists. */
async function nearest(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) throw new Error(`${path} is a file`);
  return found ? path : nearest(dirname(path));
}
