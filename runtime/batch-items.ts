import { createReadStream } from 'node:fs';
import { glob, readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { ConfigError, DatasetError } from '../core/errors.ts';
import { TaskName } from './settings.ts';

/** One picture of a batch. Only its place is known until its turn comes. */
export interface BatchItem {
  /** Path of the picture file. */
  readonly image: string;
  /** What results of it are called, and the path of their folder below the batch's. */
  readonly run: string;
  readonly task: string;
}

interface Found {
  readonly image: string;
  /** Path below the folder that was named, else the file's name. */
  readonly name: string;
  readonly task?: string;
}

const Line = z.looseObject({ image: z.string().min(1), task: TaskName.optional() });
const extensions = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif']);
const MAGIC = /[*?[\]{}]/;

/** Whether this argument stands for one picture file, not for any number of them. */
export async function isOnePicture(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() === '.jsonl') return false;
  return !(await isFolder(path)) && (!MAGIC.test(path) || (await exists(path)));
}

export interface ItemOptions {
  /** For pictures of which nothing else is said. */
  readonly task?: string | undefined;
  /** Names that runs already have, by `pictureKey`, so that none changes. */
  readonly known?: ReadonlyMap<string, string>;
}

/**
 * The pictures that files, folders (all in and below), globs and .jsonl files name, in that order. A line of a
 * .jsonl file is `{"image": PATH, "task"?: TASK}`, the path as seen from the file; other fields are let pass.
 * @throws ConfigError when an argument stands for no picture or the task is not said; DatasetError for a wrong line.
 */
export async function batchItems(
  paths: readonly string[],
  { task, known = new Map() }: ItemOptions = {},
): Promise<BatchItem[]> {
  const found = new Map<string, Required<Found>>();
  for (const path of paths) {
    for await (const { image, name, task: own = task } of expand(path)) {
      if (own === undefined) {
        throw new ConfigError(
          `--task is missing, and ${image} has none of its own. Say what the pictures show: ${TaskName.options.join(', ')}.`,
        );
      }
      found.set(pictureKey(image, own), { image, name, task: own });
    }
  }
  return runNames(found, known);
}

/** What makes two items the same one. */
export function pictureKey(image: string, task: string): string {
  return `${task} ${resolve(image)}`;
}

async function* expand(path: string): AsyncGenerator<Found> {
  if (await isFolder(path)) {
    const images = await picturesBelow(path);
    if (images.length === 0) throw new ConfigError(`There is no picture in ${path}, or below it.`);
    yield* images.map((image) => ({ image, name: relative(path, image) }));
  } else if (extname(path).toLowerCase() === '.jsonl') yield* linesOf(path);
  else if (MAGIC.test(path) && !(await exists(path))) {
    const matches: string[] = [];
    for await (const match of glob(path)) matches.push(match);
    const images = matches.filter((match) => extensions.has(extname(match).toLowerCase())).sort();
    if (images.length === 0) throw new ConfigError(`No picture matches ${path}.`);
    yield* images.map((image) => ({ image, name: image.split(sep).at(-1) ?? image }));
  } else yield { image: path, name: path.split(sep).at(-1) ?? path };
}

async function* linesOf(path: string): AsyncGenerator<Found> {
  if (!(await exists(path))) throw new ConfigError(`There is no file ${path}. Give a .jsonl file.`);
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    const { image, task } = lineOf(text, `${path}, line ${number}`);
    const outside = image.startsWith('..') || resolve(image) === image;
    const name = outside ? (image.split(/[\\/]/).at(-1) ?? image) : join(image);
    yield { image: resolve(dirname(path), image), name, ...(task && { task }) };
  }
  if (number === 0)
    throw new ConfigError(`${path} is empty. Give a line {"image": "PATH"} for each picture.`);
}

function lineOf(text: string, where: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is no JSON.';
    throw new DatasetError(`${where}: ${why} A line reads {"image": "PATH", "task": "chart"}.`, { cause });
  }
}

/** By name, hidden ones and links to folders left out. */
async function picturesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ConfigError(`The folder ${folder} cannot be read.`, { cause });
  });
  const images: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) images.push(...(await picturesBelow(path)));
    else if (extensions.has(extname(entry.name).toLowerCase()) && !(await isFolder(path))) images.push(path);
  }
  return images;
}

/** `a.png` is called `a`; a second one `a-2`. No name is the folder of another's results. */
function runNames(
  found: ReadonlyMap<string, Required<Found>>,
  known: ReadonlyMap<string, string>,
): BatchItem[] {
  const taken = new Set(['runs.jsonl', ...known.values()].map((name) => name.toLowerCase()));
  for (const { name } of found.values())
    for (const folder of foldersOf(name)) taken.add(folder.toLowerCase());
  return [...found].map(([key, { image, name, task }]) => {
    const path = name.split(sep).join('/');
    const stem = path.slice(0, path.length - extname(path).length).replace(/(^|\/)\./g, '$1_') || 'picture';
    let run = known.get(key) ?? stem;
    for (let next = 2; !known.has(key) && taken.has(run.toLowerCase()); next += 1) run = `${stem}-${next}`;
    taken.add(run.toLowerCase());
    return { image, run, task };
  });
}

function foldersOf(name: string): string[] {
  const parts = name.split(sep);
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
