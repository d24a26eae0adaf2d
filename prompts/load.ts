import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, VerisimError } from '../core/errors.ts';
import { placeholdersOf } from './placeholders.ts';
import { template, type Values } from './template.ts';

/** The texts that models are asked with. */
export interface Prompts {
  /** Whether there is a prompt of this name, e.g. `table/generate.html`. */
  has(name: string): boolean;
  /** The prompt of this name, e.g. `chart/revise`, with its placeholders filled in. */
  fill(name: string, values?: Values): string;
}

export interface PromptOptions {
  /** A folder whose files replace those of the same path, e.g. `chart/critique.md`. */
  readonly folder?: string;
}

/** Bytes of one prompt; a larger file in a user's folder is there by mistake. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads all prompts and checks their placeholders.
 *
 * @example
 * const prompts = await loadPrompts({ folder: 'my-prompts' });
 * prompts.fill('chart/generate', { instructions: '' });
 *
 * @throws ConfigError naming the file, and the placeholder that is unknown or missing.
 */
export async function loadPrompts({ folder }: PromptOptions = {}): Promise<Prompts> {
  const own = fileURLToPath(new URL('.', import.meta.url));
  const texts = await readFolder(own);
  const templates = new Map(
    [...texts].map(([name, text]) => [name, checked(name, text, join(own, `${name}.md`))]),
  );
  for (const [name, text] of folder === undefined ? [] : await readFolder(folder)) {
    const file = join(folder ?? '', `${name}.md`);
    if (!texts.has(name)) {
      throw new ConfigError(`There is no prompt ${file}. Use: ${[...texts.keys()].sort().join(', ')}.`);
    }
    templates.set(name, checked(name, text, file));
  }
  return {
    has: (name) => templates.has(name),
    fill(name, values = {}) {
      const fill = templates.get(name);
      if (!fill) throw new VerisimError(`There is no prompt "${name}".`);
      return fill(values);
    },
  };
}

function checked(name: string, text: string, file: string): (values: Values) => string {
  const placeholders = placeholdersOf(name);
  if (!placeholders) throw new ConfigError(`The prompt ${file} has no known role.`);
  return template(text, file, placeholders);
}

/** Prompt texts by name, e.g. `chart/revise`. Files of code beside ours and hidden files are passed over. */
async function readFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new ConfigError(`The prompts folder ${folder} cannot be read. Give an existing folder.`, { cause });
  });
  const texts = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || entry.name.startsWith('.') || /\.(ts|js)$/.test(entry.name)) continue;
    if (!entry.name.endsWith('.md')) {
      throw new ConfigError(`${path} is no prompt. A prompts folder holds <task>/<role>.md files alone.`);
    }
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_BYTES) throw new ConfigError(`The prompt ${path} is larger than 256 KiB.`);
    const name = path.slice(folder.replace(/[\\/]+$/, '').length + 1, -'.md'.length);
    texts.set(name.replaceAll(sep, '/'), text.replaceAll('\r\n', '\n'));
  }
  return texts;
}
