import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConfigError, DatasetError } from '../../core/errors.ts';
import { namesIn } from '../../datasets/read/folder.ts';
import { extensionOf } from './file.ts';
import type { PairMetric } from './metric.ts';

export interface FilePair {
  readonly name: string;
  /** Undefined where no candidate has the name, and that is allowed. */
  readonly candidate: string | undefined;
  readonly reference: string;
}

export interface PairOptions {
  /** `error`, or `worst`: a reference without a candidate stays a pair, which counts as the worst value. */
  readonly missing: 'error' | 'worst';
}

/**
 * The pairs to score: two files, or two folders whose files go together by their names without extension.
 * @throws ConfigError when a path is missing, or a file is of a kind that the metric does not take; DatasetError when
 *   a file has no partner.
 */
export async function pairsOf(
  candidate: string,
  reference: string,
  metric: PairMetric,
  { missing }: PairOptions,
): Promise<FilePair[]> {
  const [left, right] = [await kindOf(candidate), await kindOf(reference)];
  if (left !== right) {
    throw new ConfigError(
      `${candidate} is a ${left} and ${reference} a ${right}. Give two files, or two folders.`,
    );
  }
  if (left === 'file') {
    requireKind(candidate, metric, 'candidate');
    requireKind(reference, metric, 'reference');
    return [{ name: nameOf(basename(candidate)), candidate, reference }];
  }
  const candidates = await filesOf(candidate, metric, 'candidate');
  const references = await filesOf(reference, metric, 'reference');
  const alone = [...references.keys()].filter((name) => !candidates.has(name));
  const extra = [...candidates.keys()].filter((name) => !references.has(name));
  if (alone.length > 0 && (missing === 'error' || metric.worst === undefined)) {
    const remedy = metric.worst === undefined ? '' : `, or count them as ${metric.worst}: --missing worst`;
    throw new DatasetError(
      `${alone.length} of ${references.size} references have no candidate in ${candidate}: ${listOf(alone)}. Add them${remedy}.`,
    );
  }
  if (extra.length > 0) {
    throw new DatasetError(
      `${extra.length} of ${candidates.size} candidates have no reference in ${reference}: ${listOf(extra)}. Add their references, or move them away.`,
    );
  }
  return [...references].map(([name, path]) => ({ name, candidate: candidates.get(name), reference: path }));
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new ConfigError(`There is no file or folder ${path}.`, { cause });
  });
  return info.isDirectory() ? 'folder' : 'file';
}

function requireKind(path: string, metric: PairMetric, side: 'candidate' | 'reference'): void {
  if (metric[side].includes(extensionOf(path))) return;
  throw new ConfigError(
    `The metric ${metric.name} does not take ${path} as its ${side}. It takes: ${extensions(metric[side])}.`,
  );
}

/** The files that the metric takes, by name; of several with one name the kind that the metric names first. */
async function filesOf(
  folder: string,
  metric: PairMetric,
  side: 'candidate' | 'reference',
): Promise<Map<string, string>> {
  const rank = (file: string) => metric[side].indexOf(extensionOf(file));
  const names = (await namesIn(folder)).filter((file) => rank(file) >= 0);
  if (names.length === 0) {
    throw new DatasetError(
      `There is no file for the metric ${metric.name} in ${folder}. As its ${side} it takes: ${extensions(metric[side])}.`,
    );
  }
  const files = new Map<string, string>();
  for (const file of names) {
    const name = nameOf(file);
    const other = files.get(name);
    if (other === undefined || rank(file) < rank(other)) files.set(name, file);
  }
  return new Map([...files].map(([name, file]) => [name, join(folder, file)]));
}

function nameOf(file: string): string {
  const extension = extensionOf(file);
  return extension === '' ? file : file.slice(0, -extension.length - 1);
}

function extensions(list: readonly string[]): string {
  return list.map((extension) => `.${extension}`).join(', ');
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
