import type { ReadSymbol } from '../ocr/reading.ts';

/** A word by where it stands along a line, in pixels of the picture that was read. */
export interface Stretch {
  readonly left: number;
  readonly right: number;
  /** Bare ground before it, in capital heights; 0 for the first. */
  readonly gap: number;
}

/** Ground of so many capital heights is a blank for sure; less may stand around a letter. */
const BLANK = 0.45;

/**
 * Sets the blanks of a line by the ground between its words: the reader sees blanks in "862, 467" where there
 * are none, and leaves out others. Where both see as many words, the reader is right.
 */
export function respaced(
  text: string,
  symbols: readonly ReadSymbol[],
  characters: readonly string[],
  words: readonly Stretch[],
): string {
  const tokens = text.split(/\s+/).filter((token) => token !== '').length;
  const sure = words.filter(({ gap }, index) => index === 0 || gap >= BLANK).length;
  if (tokens >= sure && tokens <= words.length) return withBlanks(text, characters);
  const wordOf = ({ left, right }: ReadSymbol) => {
    const x = (left + right) / 2;
    const away = (word: Stretch) => Math.max(0, word.left - x, x - word.right);
    return words.reduce((best, word, index) => (away(word) < away(words[best] ?? word) ? index : best), 0);
  };
  const read = blanksOf(text, characters.length);
  let last = 0;
  return characters
    .map((character, index) => {
      const symbol = symbols[index];
      // Boxes are rough, but never go back.
      const word = symbol ? Math.max(last, wordOf(symbol)) : last;
      const gaps = words.slice(last + 1, word + 1).map(({ gap }) => gap);
      last = word;
      const seen = read[index] === true;
      // Between letters the reader sees no blanks that are not there, however close "e A" may stand.
      const beside = [character, characters[index - 1]];
      const letters = beside.every(isLetter) || beside.includes('±');
      const blank = gaps.some((gap) => gap >= BLANK) || (seen && (gaps.length > 0 || letters));
      return index > 0 && blank ? ` ${character}` : character;
    })
    .join('');
}

function isLetter(character: string | undefined): boolean {
  return /^\p{L}/u.test(character ?? '');
}

/** Whether the text has a blank before its n-th character. */
export function blanksOf(text: string, count: number): boolean[] {
  const blanks = Array.from({ length: count }, () => false);
  let index = 0;
  for (const one of text) {
    if (/\s/.test(one)) blanks[index] = true;
    else index++;
  }
  return blanks;
}

/** The characters with the blanks that the text has between them. */
function withBlanks(text: string, characters: readonly string[]): string {
  const blanks = blanksOf(text, characters.length);
  return characters.map((one, index) => (index > 0 && blanks[index] ? ` ${one}` : one)).join('');
}
