import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indelSimilarity } from '../../../metrics/text/indel.ts';
import { codePoints, levenshtein, stringLevenshtein } from '../../../metrics/text/levenshtein.ts';
import { shortPattern } from '../../../metrics/text/short-pattern.ts';

const sequence = (maxLength: number) => fc.array(fc.integer({ min: 0, max: 3 }), { maxLength });

test('is the textbook distance, over more than one machine word too', () => {
  fc.assert(
    fc.property(sequence(150), sequence(150), (a, b) => {
      expect(levenshtein(a, b)).toBe(textbook(a, b));
    }),
    { numRuns: 200 },
  );
});

test('one pattern against many texts gives the same', () => {
  const start = shortPattern(4);
  fc.assert(
    fc.property(sequence(32), fc.array(sequence(40), { maxLength: 4 }), (pattern, texts) => {
      const distanceTo = start(Int32Array.from(pattern));
      for (const text of texts) expect(distanceTo(Int32Array.from(text))).toBe(textbook(pattern, text));
    }),
  );
});

test('counts code points, as Python does, not UTF-16 units', () => {
  expect(codePoints('a😀')).toHaveLength(2);
  expect(stringLevenshtein('a😀b', 'ab')).toBe(1);
  expect(stringLevenshtein('', '😀😀')).toBe(2);
});

test('long texts of a large alphabet take little memory and end', () => {
  const text = (shift: number) => Int32Array.from({ length: 20_000 }, (_, i) => (i * 7919 + shift) % 20_011);
  expect(levenshtein(text(0), text(1))).toBeGreaterThan(0);
});

test('similarity by insertions and deletions: 1 equal, 0 without a common character', () => {
  expect(indelSimilarity('abc', 'abc')).toBe(1);
  expect(indelSimilarity('abc', 'xyz')).toBe(0);
  expect(indelSimilarity('', '')).toBe(1);
  // Two of three characters in common on each side: 1 - 2 / 6.
  expect(indelSimilarity('abc', 'axc')).toBeCloseTo(2 / 3, 12);
});

function textbook(a: readonly number[], b: readonly number[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((symbol, i) => {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const diagonal = (row[j - 1] ?? 0) + (symbol === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, diagonal));
    }
    row = next;
  });
  return row[b.length] ?? 0;
}
