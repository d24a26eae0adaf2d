import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Spending } from '../../runtime/budget.ts';
import type { Caller } from './keys.ts';

const Spent = z.record(z.string(), z.object({ tokens: z.number(), cost: z.number() }));

/** What was spent with each key, kept in a file over restarts. */
export interface SpendingBook {
  before(name: string): Spending;
  /** Writes down what the callers' budgets say now. */
  save(callers: readonly Caller[]): Promise<void>;
}

export async function openSpendingBook(folder: string): Promise<SpendingBook> {
  const path = join(folder, 'spent.json');
  const book = await readFile(path, 'utf8').then(
    (text) => Spent.parse(JSON.parse(text)),
    () => ({}),
  );
  const before = new Map(Object.entries(book));
  let last = Promise.resolve();
  let written = JSON.stringify(Object.fromEntries(before));
  return {
    before: (name) => before.get(name) ?? { tokens: 0, cost: 0 },
    save(callers) {
      for (const { name, budget } of callers) {
        if (name === null || !budget) continue;
        const used = new Map(budget.left().map(({ kind, limit, left }) => [kind, limit - left]));
        const { tokens, cost } = before.get(name) ?? { tokens: 0, cost: 0 };
        before.set(name, { tokens: used.get('tokens') ?? tokens, cost: used.get('cost') ?? cost });
      }
      const text = JSON.stringify(Object.fromEntries(before));
      last = last.then(async () => {
        if (text === written) return;
        await writeFile(`${path}.part`, text);
        await rename(`${path}.part`, path);
        written = text;
      });
      return last;
    },
  };
}
