import { codePoints } from './levenshtein.ts';

/**
 * Similarity of two strings, 0 to 1: 1 - (insertions + deletions) / (sum of the lengths), in code points.
 * 1 for two empty strings. The field's name for it is rapidfuzz's `fuzz.ratio` (there times 100).
 */
export function indelSimilarity(a: string, b: string): number {
  const [x, y] = [codePoints(a), codePoints(b)];
  const most = x.length + y.length;
  if (most === 0) return 1;
  const distance = most - 2 * longestCommonSubsequence(x, y);
  // Through 100 and back as the reference does, since thresholds are compared exactly.
  return ((1 - distance / most) * 100) / 100;
}

function longestCommonSubsequence(a: Int32Array, b: Int32Array): number {
  const row = new Int32Array(b.length + 1);
  for (const symbol of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] ?? 0;
      row[j] = b[j - 1] === symbol ? diagonal + 1 : Math.max(above, row[j - 1] ?? 0);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}
