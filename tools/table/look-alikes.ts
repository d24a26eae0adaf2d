import type { Ink } from './ink.ts';
import { type Letter, lettersOf, letterUnlikeness } from './letters.ts';
import type { StructureCell } from './structure.ts';

/** A cell with a letter that looks as another one does in the table's font. */
export interface LookAlike {
  readonly cell: number;
  /** The cell's text with the other letter in its place. */
  readonly text: string;
}

/** Letters that look alike to less than this are the same, drawn twice. */
const SAME = 0.06;
/** What a letter is unlike those that it was read as, at the least, for the reading to be wrong. */
const OTHER = 0.12;
/** A comma and a point differ by too few pixels. */
const TINY = new Set([',', '.']);
/** Two letters that differ from the one read are two that run together, or one in two parts. */
const MOST_ODD = 1;

export interface LookAlikeParts {
  readonly ink: Ink;
  /** Height of a capital, in pixels. */
  readonly capHeight: number;
  /** How characters look in the table's font. */
  readonly alphabet: ReadonlyMap<string, Letter>;
}

/**
 * Letters that were read as one, but look as another one does in the table's own font: whoever knows that a table is
 * set in one font can tell a 1 from a 4 where a reader of all fonts cannot. Accents are left aside: the letter beneath
 * is compared.
 */
export function lookAlikes(
  parts: LookAlikeParts,
  cells: readonly Pick<StructureCell, 'pieces'>[],
  texts: readonly string[],
): LookAlike[] {
  return cells.flatMap(({ pieces }, cell) => {
    const text = (texts[cell] ?? '').normalize('NFC');
    const characters = [...text];
    let changed = false;
    for (const word of wordsIn(parts, pieces, text)) {
      const odd = word.filter((letter) => isOdd(letter, parts.alphabet));
      if (odd.length > MOST_ODD) continue;
      for (const letter of odd) {
        const better = betterName(letter, parts.alphabet);
        if (better === undefined) continue;
        characters[letter.at] = `${better}${letter.marks}`.normalize('NFC');
        changed = true;
      }
    }
    return changed ? [{ cell, text: characters.join('') }] : [];
  });
}

interface Placed extends Letter {
  /** Place among the characters of the cell's text. */
  readonly at: number;
  /** Without accents. */
  readonly name: string;
  readonly marks: string;
}

/** The letters of a cell by words; words whose letters run together are left out. */
function wordsIn(
  { ink, capHeight }: LookAlikeParts,
  pieces: StructureCell['pieces'],
  text: string,
): Placed[][] {
  const words = [...text.matchAll(/\S+/gu)].map((match) => ({
    characters: [...match[0]],
    at: [...text.slice(0, match.index)].length,
  }));
  if (words.length !== pieces.reduce((sum, piece) => sum + piece.words.length, 0)) return [];
  let next = 0;
  return pieces.flatMap((piece) => {
    const own = words.slice(next, next + piece.words.length);
    next += piece.words.length;
    const counts = own.map(({ characters }) => characters.length);
    return lettersOf(ink, piece, counts, capHeight).map((letters = [], index) =>
      letters.map((letter, place) => {
        const [name = '', ...marks] = (own[index]?.characters[place] ?? '').normalize('NFD');
        return { ...letter, at: (own[index]?.at ?? 0) + place, name, marks: marks.join('') };
      }),
    );
  });
}

function isOdd(letter: Placed, alphabet: LookAlikeParts['alphabet']): boolean {
  const own = alphabet.get(letter.name);
  return own !== undefined && !TINY.has(letter.name) && letterUnlikeness(letter, own) > OTHER;
}

/** What a letter is more likely than what it was read as; undefined where nothing is. */
function betterName(letter: Placed, alphabet: LookAlikeParts['alphabet']): string | undefined {
  let best: { readonly name: string; readonly unlike: number } | undefined;
  for (const [name, drawn] of alphabet) {
    const unlike = letterUnlikeness(letter, drawn);
    if (unlike < (best?.unlike ?? SAME)) best = { name, unlike };
  }
  return best?.name;
}
