/** What the reader takes digits for. */
const digits: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  S: '5',
  s: '5',
  B: '8',
  '&': '8',
  Z: '2',
};
/** Marks that the reader takes for each other. */
const marks: readonly (readonly [string, string])[] = [
  ['ã', 'á'],
  ['õ', 'ó'],
  ['rn', 'm'],
];
const ACCENT = /\p{M}/gu;

/** Digits that no point parts, longest that one may have been lost from. */
const WHOLE = /(?<![\d.,])\d{2,5}(?![\d.,])/g;

/** The text with a decimal point in one of its whole numbers: a small one is easily lost. */
function pointed(text: string): string[] {
  return [...text.matchAll(WHOLE)].flatMap(({ 0: digits, index }) =>
    Array.from({ length: digits.length - 1 }, (_, i) => {
      const at = index + i + 1;
      return `${text.slice(0, at)}.${text.slice(at)}`;
    }),
  );
}

/**
 * Other spellings of a text: a blank more, marks left off or changed, a sign before a number, digits among
 * digits. Letters that look alike in many fonts are left as they were read: looks cannot tell them apart.
 */
export function spellingsOf(text: string): string[] {
  const found = new Set<string>();
  const parted = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\S)\s*±\s*(\S)/g, '$1 ± $2');
  for (const one of [text, parted]) {
    found.add(one);
    found.add(one.normalize('NFD').replace(ACCENT, '').normalize('NFC'));
  }
  if (/^\d/.test(text)) found.add(`-${text}`);
  for (const [from, to] of marks) if (text.includes(from)) found.add(text.replace(from, to));
  found.add(
    text.replace(/\S*\d\S*/g, (word) =>
      [...word].map((character) => digits[character] ?? character).join(''),
    ),
  );
  for (const one of pointed(text)) found.add(one);
  found.delete(text);
  return [...found];
}
