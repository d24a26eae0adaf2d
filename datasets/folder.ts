import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DatasetError } from '../core/errors.ts';
import { taskNamed } from '../core/tasks/index.ts';
import { namesIn } from './read/folder.ts';
import { readPicture } from './read/picture.ts';
import type { Sample } from './sample.ts';

const pictures = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif']);

export interface FolderOptions {
  readonly task: string;
  readonly signal?: AbortSignal;
}

/**
 * A plain folder of pictures. A file of the same name with the extension of one of the task's languages (chart: .py;
 * table: .html, .md; svg: .svg) is the true code; a picture may have none.
 * @throws DatasetError when there is no such folder, no picture in it, or two pictures of one name; ConfigError when
 *   there is no such task.
 */
export async function* loadFolder(folder: string, { task, signal }: FolderOptions): AsyncGenerator<Sample> {
  const { languages } = taskNamed(task);
  const names = await namesIn(folder);
  const present = new Set(names);
  const files = names.filter((name) => pictures.has(extname(name).toLowerCase()));
  if (files.length === 0)
    throw new DatasetError(`There is no picture in ${folder}. Give a folder with PNG or JPEG files.`);
  const seen = new Map<string, string>();
  for (const file of files) {
    signal?.throwIfAborted();
    const id = file.slice(0, -extname(file).length);
    const other = seen.get(id);
    if (other !== undefined)
      throw new DatasetError(`${folder} has both ${other} and ${file}. Rename one of them.`);
    seen.set(id, file);
    const source = join(folder, file);
    const language = languages.find(({ extension }) => present.has(`${id}.${extension}`));
    const code = language && (await readFile(join(folder, `${id}.${language.extension}`), 'utf8'));
    yield {
      id,
      task,
      ...(language && code !== undefined && { code, language: language.name }),
      groups: {},
      source,
      picture: () => readPicture(source, source),
    };
  }
}
