/** Characters that readers take for each other. */
const groups = [
  'vwy',
  'vu',
  'rnhm',
  'hbk',
  'ceoas',
  'óoéeö',
  'áaãä',
  'il1Itj|!',
  'íi',
  'ftr',
  'gq9y',
  '3896',
  '8B',
  '5S6s',
  '0OQ6D8',
  'GC6',
  '147',
  '27Z',
  'zZ',
  'xX',
  'wW',
  'vV',
  'cC',
  'oO',
  'kK',
  'EF',
  'PR',
  'MN',
  'UV',
  ',.',
  '-–',
  '%8',
] as const;
/** Single characters that readers take for two, and the other way round. */
const pairs = [
  ['m', 'rn'],
  ['w', 'vv'],
  ['d', 'cl'],
] as const;

/**
 * Spellings that differ from a word by one letter: another that looks like it, one too many, two read as one. Capitals
 * may be small letters as well, all of them: on a line without a tall one, nothing tells their size.
 */
export function nearSpellings(word: string): string[] {
  const small = /^\p{Lu}{2,}$/u.test(word) ? word.toLowerCase() : undefined;
  const all = small === undefined ? [] : [small, ...variantsOf(small)];
  return [...new Set([...all, ...variantsOf(word)])].filter((one) => one !== word);
}

function variantsOf(word: string): string[] {
  const characters = [...word];
  const at = (index: number, put: string) =>
    [...characters.slice(0, index), put, ...characters.slice(index + 1)].join('');
  const swapped = characters.flatMap((character, index) =>
    groups
      .filter((group) => group.includes(character))
      .flatMap((group) => [...group].filter((other) => other !== character).map((other) => at(index, other))),
  );
  const dropped = characters.length > 1 ? characters.map((_, index) => at(index, '')) : [];
  const doubled = pairs.flatMap(([one, two]) => [
    ...(word.includes(one) ? [word.replace(one, two)] : []),
    ...(word.includes(two) ? [word.replace(two, one)] : []),
  ]);
  return [...new Set([...dropped, ...doubled, ...swapped])];
}
