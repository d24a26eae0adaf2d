/**
 * Levenshtein distance of one pattern of at most 32 symbols to many texts: Myers' bit-parallel algorithm (1999) in
 * one machine word. Patterns take turns: the function that a pattern gave is not used after the next was given.
 * @param alphabet symbols of the texts are integers from 0 up to this; negative ones of the pattern match nothing
 */
export function shortPattern(alphabet: number): (pattern: Int32Array) => (text: Int32Array) => number {
  const match = new Int32Array(alphabet);
  let last = new Int32Array(0);
  return (pattern) => {
    for (const symbol of last) if (symbol >= 0) match[symbol] = 0;
    last = pattern.slice();
    pattern.forEach((symbol, row) => {
      if (symbol >= 0) match[symbol] = (match[symbol] ?? 0) | (1 << row);
    });
    return (text) => (pattern.length === 0 ? text.length : distance(match, pattern.length, text));
  };
}

function distance(match: Int32Array, height: number, text: Int32Array): number {
  const shift = height - 1;
  let plus = -1;
  let minus = 0;
  let result = height;
  for (let column = 0; column < text.length; column++) {
    const equal = match[text[column] ?? 0] ?? 0;
    const vertical = equal | minus;
    const horizontal = (((equal & plus) + plus) ^ plus) | equal;
    const up = minus | ~(horizontal | plus);
    const down = plus & horizontal;
    result += ((up >>> shift) & 1) - ((down >>> shift) & 1);
    const shifted = (up << 1) | 1;
    plus = (down << 1) | ~(vertical | shifted);
    minus = shifted & vertical;
  }
  return result;
}
