import { extname } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import { loadFolder } from '../../datasets/folder.ts';
import { loadJsonl } from '../../datasets/jsonl.ts';
import type { Sample } from '../../datasets/sample.ts';

export interface SamplesOptions {
  readonly task?: string | undefined;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal;
}

/**
 * The pictures of a .jsonl file or of a folder; none of them is read yet.
 * @throws ConfigError when a folder is named without its task; DatasetError for what is wrong in the dataset.
 */
export async function samplesOf(
  path: string,
  { task, limit = Infinity, signal }: SamplesOptions,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of open(path, task, signal)) {
    if (samples.length >= limit) break;
    samples.push(sample);
  }
  return samples;
}

function open(
  path: string,
  task: string | undefined,
  signal: AbortSignal | undefined,
): AsyncIterable<Sample> {
  const options = { ...(task !== undefined && { task }), ...(signal && { signal }) };
  if (extname(path).toLowerCase() === '.jsonl') return loadJsonl(path, options);
  if (task === undefined)
    throw new ConfigError('A folder needs --task, what its pictures show: chart, table or svg.');
  return loadFolder(path, { ...options, task });
}
