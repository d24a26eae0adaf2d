import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { taskNamed } from '../../core/tasks/index.ts';
import type { CodeItem } from './benchmark.ts';

/**
 * A file name for an id, folders in it kept: ids come from outside, so what could lead out of the folder is replaced,
 * and a digest keeps two ids apart that would then be alike.
 */
export function fileNameOf(id: string): string {
  const name = id
    .split('/')
    .map(
      (part) =>
        part
          .replaceAll(/[^\p{L}\p{N}._#()+-]/gu, '_')
          .replace(/^\.+/, '_')
          .slice(0, 150) || '_',
    )
    .join('/');
  return name === id ? name : `${name}-${digestOf(id).slice(0, 8)}`;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The first output there is of an item, in any language of its task; undefined when there is none. */
export async function outputOf(item: CodeItem, folder: string): Promise<string | undefined> {
  for (const path of outputPaths(item)) {
    const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Where an output may stand in a folder, the most exact name first. */
export function outputPaths({ id, task, language, names }: CodeItem): string[] {
  const known = taskNamed(task).languages.toSorted(
    (a, b) => Number(b.name === language) - Number(a.name === language),
  );
  return [id, ...names].flatMap((name) => known.map(({ extension }) => `${fileNameOf(name)}.${extension}`));
}
