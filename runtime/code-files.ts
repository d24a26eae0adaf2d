import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { tasks } from '../core/tasks/index.ts';

/** A file of code, and what its picture is to be called. */
export interface CodeFile {
  readonly path: string;
  readonly task: string;
  readonly language: string;
  /** Path of its picture below the output folder; no two files of one list share one. */
  readonly picture: string;
}

interface Wish {
  readonly task?: string | undefined;
  readonly language?: string | undefined;
}

/**
 * The files of code among the paths, in the order given. A folder stands for all files in and below it whose
 * extension is known, by name; hidden ones and links to folders are left out. A path that does not exist is
 * kept: reading it fails, and the others are still rendered.
 * @throws ConfigError when a folder holds no code, or a file's language cannot be told.
 */
export async function codeFilesOf(paths: readonly string[], wish: Wish): Promise<CodeFile[]> {
  const found = await Promise.all(paths.map((path) => expand(path, wish)));
  const files = found.flat();
  const names = picturesOf(files.map(({ name }) => name));
  return files.map(({ path, name }, index) => ({
    path,
    ...kindOf(path, wish),
    picture: names[index] ?? name,
  }));
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The task and language of a file of code: as said, else by its extension.
 * @throws ConfigError when neither tells.
 */
export function kindOf(path: string, { task, language }: Wish): { task: string; language: string } {
  const extension = extensionOf(path);
  for (const candidate of tasks) {
    if (task !== undefined && candidate.name !== task) continue;
    const match =
      candidate.languages.find((known) =>
        language === undefined ? known.extension === extension : known.name === language,
      ) ?? (task !== undefined && language === undefined ? candidate.languages[0] : undefined);
    if (match) return { task: candidate.name, language: match.name };
  }
  if (language !== undefined) {
    const known = tasks.flatMap(({ name, languages }) => languages.map((l) => `${l.name} (${name})`));
    throw new ConfigError(`There is no such language "${language}" here. There are: ${known.join(', ')}.`);
  }
  throw new ConfigError(
    `What ${path} draws cannot be told from its name (known: ${extensionsFor({}).join(', ')}). Say it with --task.`,
  );
}

async function expand(path: string, wish: Wish): Promise<{ path: string; name: string }[]> {
  if (!(await isFolder(path))) return [{ path, name: basename(path) }];
  const known = extensionsFor(wish);
  const files = (await filesBelow(path)).filter((file) => known.includes(`.${extensionOf(file)}`));
  if (files.length === 0) {
    throw new ConfigError(`There is no file of code (${known.join(', ')}) in ${path}.`);
  }
  return files.map((file) => ({ path: file, name: relative(path, file) }));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ConfigError(`The folder ${folder} cannot be read.`, { cause });
  });
  const visible = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of visible) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)))) files.push(path);
  }
  return files;
}

async function leadsToFile(link: string): Promise<boolean> {
  return stat(link).then(
    (found) => found.isFile(),
    () => false,
  );
}

function extensionsFor({ task, language }: Wish): string[] {
  return tasks
    .filter(({ name }) => task === undefined || name === task)
    .flatMap(({ languages }) => languages)
    .filter(({ name }) => language === undefined || name === language)
    .map(({ extension }) => `.${extension}`);
}

function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

/** `a.py` gives `a.png`; where another file would give the same, `a.py.png`; then numbers tell them apart. */
function picturesOf(names: readonly string[]): string[] {
  const stems = names.map((name) => name.slice(0, name.length - extname(name).length));
  const counts = Map.groupBy(stems, (stem) => stem.toLowerCase());
  const taken = new Set<string>();
  return names.map((name, index) => {
    const stem = stems[index] ?? name;
    const alone = counts.get(stem.toLowerCase())?.length === 1;
    let picture = `${alone ? stem : name}.png`;
    for (let next = 2; taken.has(picture.toLowerCase()); next += 1) picture = `${name}-${next}.png`;
    taken.add(picture.toLowerCase());
    return picture.split(sep).join('/');
  });
}
