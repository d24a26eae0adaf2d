/** Seeded random choices: the same seed gives the same set on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [from, to), rounded to a multiple of `step` where one is given. */
  between(from: number, to: number, step?: number): number;
  /** Whole, both ends included. */
  whole(from: number, to: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
  /** Different items, fewer than asked for where there are not as many. */
  some<T>(items: readonly T[], count: number): T[];
}

/** mulberry32 (Tommy Ettinger): 32 bits of state, good enough for drawing test pictures. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number, step?: number) => {
    const value = from + next() * (to - from);
    return step === undefined ? value : Number((Math.round(value / step) * step).toFixed(4));
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    whole,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    chance: (probability) => next() < probability,
    some(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(whole(0, left.length - 1), 1),
      ).flat();
    },
  };
}

/** Neighbouring numbers give sequences that have nothing in common. */
export function seededApart(seed: number): Random {
  return seeded(Math.imul(seed, 0x9e3779b1));
}
