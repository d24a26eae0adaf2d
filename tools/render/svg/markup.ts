import type { SaxesTagNS } from 'saxes';
import { aliasFamilies } from './families.ts';

/** Attributes as written, but for font families, which name the pinned fonts. */
export function attributesOf(tag: SaxesTagNS): Map<string, string> {
  return new Map(
    Object.values(tag.attributes).map(({ name, local, value }) => [name, aliased(local, value)]),
  );
}

function aliased(name: string, value: string): string {
  if (name === 'style') return aliasFamilies(value);
  const property = `${name}:`;
  return name === 'font-family' ? aliasFamilies(property + value).slice(property.length) : value;
}

export function startTag(name: string, attributes: ReadonlyMap<string, string>): string {
  // White space would become blanks when the attribute is read again.
  const written = [...attributes].map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\t\n\r]/g)}"`);
  return `<${name}${written.join('')}>`;
}

export function escapedText(text: string): string {
  return escaped(text, /[&<>]/g);
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => `&#${character.charCodeAt(0)};`);
}
