import { readdir } from 'node:fs/promises';
import { DatasetError } from '../../core/errors.ts';

/**
 * The names in a folder, in the order that people expect: bar_9 before bar_10.
 * @throws DatasetError when there is no such folder.
 */
export async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new DatasetError(`There is no folder ${folder}. Give the folder of the dataset.`, { cause });
  });
  const order = new Intl.Collator('en', { numeric: true });
  return names.filter((name) => !name.startsWith('.')).sort(order.compare);
}
