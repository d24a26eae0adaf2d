/**
 * Number of insertions, deletions and substitutions (cost 1 each) between two sequences of symbols, by the
 * bit-parallel algorithm of Myers (1999) in bands of 32 rows (Hyyro 2003).
 * @param a symbols as integers 0 and above; any two that are equal are one symbol
 */
export function levenshtein(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const start = commonPrefix(a, b);
  const end = commonSuffix(a, b, start);
  const m = a.length - start - end;
  const n = b.length - start - end;
  if (m === 0 || n === 0) return m + n;
  // The bits run along the shorter sequence, so that as few bands as possible are walked.
  return m <= n ? bands(a, b, start, m, n) : bands(b, a, start, n, m);
}

/** Levenshtein distance between two strings, in code points. */
export function stringLevenshtein(a: string, b: string): number {
  return a === b ? 0 : levenshtein(codePoints(a), codePoints(b));
}

/** A string's code points: what Python counts as its characters. */
export function codePoints(text: string): Int32Array {
  const points = new Int32Array(text.length);
  let length = 0;
  for (const character of text) points[length++] = character.codePointAt(0) ?? 0;
  return points.subarray(0, length);
}

function commonPrefix(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

function commonSuffix(a: ArrayLike<number>, b: ArrayLike<number>, prefix: number): number {
  const most = Math.min(a.length, b.length) - prefix;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

/**
 * The distance matrix in bands of 32 rows of the pattern, each walked along the whole text. Between two bands only
 * the horizontal differences are kept, so memory grows with the text alone, whatever the alphabet.
 */
function bands(
  pattern: ArrayLike<number>,
  text: ArrayLike<number>,
  start: number,
  m: number,
  n: number,
): number {
  const rows = new Int32Array(m);
  const columns = new Int32Array(n);
  const alphabet = new Map<number, number>();
  intern(pattern, start, rows, alphabet);
  intern(text, start, columns, alphabet);
  const match = new Int32Array(alphabet.size);
  const carry = new Int8Array(n).fill(1);
  let distance = m;
  for (let top = 0; top < m; top += 32) {
    const height = Math.min(32, m - top);
    for (let row = 0; row < height; row++) {
      const symbol = rows[top + row] ?? 0;
      match[symbol] = (match[symbol] ?? 0) | (1 << row);
    }
    distance = band(match, columns, carry, height);
    for (let row = 0; row < height; row++) match[rows[top + row] ?? 0] = 0;
  }
  // The last band's carries are the steps along the bottom row, which begins at m.
  return m + distance;
}

/** Walks one band, replaces the carries of its upper edge by those of its lower edge, and returns their sum. */
function band(match: Int32Array, columns: Int32Array, carry: Int8Array, height: number): number {
  const shift = height - 1;
  let plus = -1;
  let minus = 0;
  let sum = 0;
  for (let column = 0; column < columns.length; column++) {
    const step = carry[column] ?? 0;
    const carriedPlus = (step + 1) >> 1;
    const carriedMinus = step >>> 31;
    const equal = match[columns[column] ?? 0] ?? 0;
    const vertical = equal | minus;
    const entering = equal | carriedMinus;
    const horizontal = (((entering & plus) + plus) ^ plus) | entering;
    const up = minus | ~(horizontal | plus);
    const down = plus & horizontal;
    const left = ((up >>> shift) & 1) - ((down >>> shift) & 1);
    carry[column] = left;
    sum += left;
    const shiftedUp = (up << 1) | carriedPlus;
    const shiftedDown = (down << 1) | carriedMinus;
    plus = shiftedDown | ~(vertical | shiftedUp);
    minus = shiftedUp & vertical;
  }
  return sum;
}

/** Numbers the symbols from 0 in the order of their first appearance. */
function intern(
  sequence: ArrayLike<number>,
  start: number,
  into: Int32Array,
  alphabet: Map<number, number>,
): void {
  for (let i = 0; i < into.length; i++) {
    const symbol = sequence[start + i] ?? -1;
    let number = alphabet.get(symbol);
    if (number === undefined) {
      number = alphabet.size;
      alphabet.set(symbol, number);
    }
    into[i] = number;
  }
}
