/** Letters that are taken for each other, of which no two differ in a dot alone. */
const confusable: Readonly<Record<string, string>> = {
  ...{ a: 'o', b: 'd', c: 'o', d: 'b', e: 'a', f: 'k', g: 'q', h: 'b', i: 'e', j: 'g', k: 'h', l: 't' },
  ...{ m: 'w', n: 'u', o: 'a', p: 'q', q: 'g', r: 'n', s: 'z', t: 'l', u: 'n', v: 'u', w: 'm', x: 'y' },
  ...{ y: 'g', z: 's' },
};

export interface Misspelt {
  readonly text: string;
  /** A digit was changed, no letter. */
  readonly digit: boolean;
}

/** A text with one letter taken for a like one, or one digit for another; undefined when it has neither. */
export function misspelt(text: string, random: () => number): Misspelt | undefined {
  const characters = [...text];
  const places = characters.flatMap((character, index) =>
    isDigit(character) || confusable[character.toLowerCase()] !== undefined ? [index] : [],
  );
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return undefined;
  const old = characters[place] ?? '';
  if (isDigit(old)) return { text: characters.with(place, otherDigit(old, random)).join(''), digit: true };
  const like = confusable[old.toLowerCase()] ?? old;
  const letter = old === old.toLowerCase() ? like : like.toUpperCase();
  return { text: characters.with(place, letter).join(''), digit: false };
}

export function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

export function otherDigit(digit: string, random: () => number): string {
  return String((Number(digit) + 1 + Math.floor(random() * 9)) % 10);
}
