/** Characters that readers take for each other where letters are small. */
const confused: Readonly<Record<string, string>> = {
  '|': '1',
  '/': '1',
  I: '1',
  l: '1',
  i: '1',
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  S: '5',
  B: '8',
  Z: '2',
  '±': '+',
  '=': '+',
  '≤': '<',
  '≥': '>',
};

/** Text with what a reader cannot tell apart, or what does not change its sense, made one. */
export function plainText(text: string): string {
  return [...text.normalize('NFKD').replace(/\p{M}|\s/gu, '')]
    .map((character) => confused[character] ?? character)
    .join('')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”„]|''/g, '"');
}

/** Digits make up half of its letters and digits or more. */
export function isNumeric(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return digits > 0 && digits >= letters;
}

/** Dice's coefficient of the pairs of neighbouring characters, 0 to 1 (Dice 1945). */
export function textSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const [p, q] = [pairsOf(a), pairsOf(b)];
  let shared = 0;
  for (const [pair, count] of p.pairs) shared += Math.min(count, q.pairs.get(pair) ?? 0);
  return (2 * shared) / Math.max(1, p.total + q.total);
}

function pairsOf(text: string): { pairs: Map<string, number>; total: number } {
  const pairs = new Map<string, number>();
  const framed = `^${text}$`;
  for (let i = 0; i < framed.length - 1; i++) {
    const pair = framed.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { pairs, total: framed.length - 1 };
}
