import { createHash } from 'node:crypto';

/** Uniform in [0, 1), by the given words alone (mulberry32). */
export function randomOf(...words: readonly (string | number)[]): () => number {
  let state = createHash('sha256').update(words.join('\n')).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: () => number, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** Uniform in [from, to). */
export function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

/** All of the items in random order. */
export function shuffled<T>(random: () => number, items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
