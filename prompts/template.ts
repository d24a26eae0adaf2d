import { ConfigError, VerisimError } from '../core/errors.ts';
import type { Placeholders } from './placeholders.ts';

export type Values = Readonly<Record<string, string | number>>;

/** With the line breaks after it, which go when the value is empty. */
const PLACEHOLDER = /\{\{\s*([A-Za-z][\w-]*)\s*\}\}(\n*)/g;

/**
 * Reads a prompt with `{{placeholder}}` marks; other braces are plain text.
 * @param file what messages call it
 * @returns fills the marks in; the values are never searched for marks themselves.
 * @throws ConfigError when a placeholder is unknown or a required one is missing.
 */
export function template(text: string, file: string, { required, optional }: Placeholders) {
  const found = new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name));
  const known = [...required, ...optional];
  const unknown = [...found].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const use = known.length > 0 ? `Use: ${known.join(', ')}.` : 'This prompt takes none.';
    throw new ConfigError(`The prompt ${file} has an unknown placeholder {{${unknown}}}. ${use}`);
  }
  const missing = required.find((name) => !found.has(name));
  if (missing !== undefined) {
    throw new ConfigError(`The prompt ${file} lacks the placeholder {{${missing}}}. Add it.`);
  }
  if (text.trim() === '') throw new ConfigError(`The prompt ${file} is empty. Write it, or remove the file.`);
  return (values: Values): string =>
    text
      .replace(PLACEHOLDER, (_, name: string, breaks: string) => {
        const value = values[name];
        if (value === undefined) throw new VerisimError(`No value was given for {{${name}}} in ${file}.`);
        return value === '' ? '' : `${value}${breaks}`;
      })
      .trim();
}
