import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { DatasetError } from '../core/errors.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { entriesOf, uniqueIds } from './read/entry.ts';
import { linesOf } from './read/lines.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { LoadOptions, Sample } from './sample.ts';

/** One line of the generic layout. */
export const JsonlEntry = z.strictObject({
  image: z.string().min(1).describe('path of the picture, from the folder of the pictures'),
  id: z.string().min(1).optional().describe('default: the path of the picture'),
  task: z.enum(['chart', 'table', 'svg']).optional().describe("default: the loader's"),
  language: z.string().optional().describe("language of the code; default: the task's first"),
  code: z.string().optional().describe('the true code'),
  code_path: z.string().optional().describe("a file with the true code, from the dataset's folder"),
  instructions: z.string().optional().describe('what is asked for beyond drawing the picture again'),
  groups: z.record(z.string(), z.string()).optional().describe('groups for the report, by name'),
});

export interface JsonlOptions extends LoadOptions {
  /** Task of lines that name none. */
  readonly task?: string;
}

/**
 * Any pictures, one JSON object a line. Picture paths start from the file's folder.
 * @throws DatasetError naming file and line.
 */
export async function* loadJsonl(
  file: string,
  { images = dirname(file), task: fallback, signal }: JsonlOptions = {},
): AsyncGenerator<Sample> {
  const checkId = uniqueIds();
  for await (const { value, source } of entriesOf(file, linesOf(file, signal), JsonlEntry)) {
    const id = value.id ?? value.image;
    checkId(id, source);
    const name = value.task ?? fallback;
    if (name === undefined)
      throw new DatasetError(`${source}: no task. Add "task", or name one for the whole file.`);
    const path = await picturePath(images, value.image, source);
    const code =
      value.code ?? (value.code_path === undefined ? undefined : await textAt(file, value.code_path, source));
    yield {
      id,
      task: name,
      ...(code !== undefined && { code, language: languageNamed(name, value.language, source) }),
      ...(value.instructions !== undefined && { instructions: value.instructions }),
      groups: value.groups ?? {},
      source,
      picture: () => readPicture(path, source),
    };
  }
}

function languageNamed(task: string, language: string | undefined, source: string): string {
  try {
    return languageOf(taskNamed(task), language).name;
  } catch (cause) {
    throw new DatasetError(`${source}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function textAt(file: string, name: string, source: string): Promise<string> {
  const path = resolve(dirname(file), name);
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DatasetError(`${source}: there is no file ${path} with the code.`, { cause });
  });
}
