import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ConfigError, DatasetError } from '../core/errors.ts';

/** Results kept on disk as they come, one JSON object a line, so that a run that was cut off goes on. */
export interface Log<T> {
  /** What the file held when it was opened, by id; of several lines with one id the last. */
  readonly before: ReadonlyMap<string, T>;
  /** A half-written last line was dropped: its item is done again. */
  readonly mended: boolean;
  append(entry: T): Promise<void>;
}

/**
 * Opens a log, or begins it.
 * @throws DatasetError naming file and line when a line in the middle is wrong.
 */
export async function openLog<T extends { readonly id: string }>(
  file: string,
  schema: z.ZodType<T>,
): Promise<Log<T>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const mended = whole.length < text.length;
  if (mended) await truncate(file, Buffer.byteLength(whole));
  const before = new Map<string, T>();
  for (const [index, line] of whole.split('\n').entries()) {
    if (line.trim() === '') continue;
    const entry = parsed(line, `${file}:${index + 1}`, schema);
    before.set(entry.id, entry);
  }
  let last: Promise<unknown> = mkdir(dirname(file), { recursive: true });
  return {
    before,
    mended,
    append(entry) {
      // One after the other: two long lines written at once could mix.
      const written = last.then(() => appendFile(file, `${JSON.stringify(entry)}\n`));
      last = written;
      return written;
    },
  };
}

function parsed<T>(line: string, source: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'this is no JSON';
    throw new DatasetError(`${source}: ${why}. Delete the line to have its item done again.`, { cause });
  }
}

const Settings = z.record(z.string(), z.json());
export type Made = z.infer<typeof Settings>;

/**
 * Marks a folder with what makes its results, so that two different runs never mix in one.
 * @throws ConfigError naming the setting in which an earlier run there differs.
 */
export async function claimFolder(folder: string, made: Made): Promise<void> {
  const file = join(folder, 'settings.json');
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === undefined) {
    await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
      throw new ConfigError(`${folder} cannot be the folder of the results. Name another --out.`, { cause });
    });
    await writeJson(file, made);
    return;
  }
  const other = Settings.safeParse(jsonOf(before)).data ?? {};
  for (const name of new Set([...Object.keys(made), ...Object.keys(other)])) {
    const [now, then] = [JSON.stringify(made[name]), JSON.stringify(other[name])];
    if (now === then) continue;
    throw new ConfigError(
      `${folder} holds results made with ${name} ${then}, not ${now}. Name another --out, or delete the folder.`,
    );
  }
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
