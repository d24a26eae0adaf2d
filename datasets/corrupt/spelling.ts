const confusable: Readonly<Record<string, string>> = {
  ...{ a: 'o', b: 'd', c: 'e', d: 'b', e: 'c', f: 't', g: 'q', h: 'n', i: 'l', j: 'i', k: 'h', l: 'i' },
  ...{ m: 'n', n: 'm', o: 'a', p: 'q', q: 'p', r: 'n', s: 'z', t: 'f', u: 'v', v: 'u', w: 'v', x: 'y' },
  ...{ y: 'v', z: 's' },
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
