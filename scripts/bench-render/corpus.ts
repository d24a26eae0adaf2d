import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export type Kind = 'charts' | 'tables' | 'icons';

export interface Item {
  /** File name without extension. */
  readonly name: string;
  readonly code: string;
  readonly language: 'matplotlib' | 'html' | 'markdown' | 'svg';
  /** The first chart of each kind: one plotting call or two, nothing else that takes time. */
  readonly simple: boolean;
}

const folder = join(import.meta.dirname, '../../test/fixtures/render-corpus');
const languages = { '.py': 'matplotlib', '.html': 'html', '.md': 'markdown', '.svg': 'svg' } as const;

/** The corpus that was written for the benchmark and the soak. */
export async function corpusOf(kind: Kind): Promise<Item[]> {
  const files = (await readdir(join(folder, kind))).sort();
  const items = files.map(async (file): Promise<Item[]> => {
    const extension = extname(file);
    const language = Object.entries(languages).find(([known]) => known === extension)?.[1];
    if (!language) return [];
    const name = file.slice(0, -extension.length);
    const code = await readFile(join(folder, kind, file), 'utf8');
    return [{ name, code, language, simple: name.endsWith('-1') }];
  });
  return (await Promise.all(items)).flat();
}
