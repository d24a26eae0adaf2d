/** Which of two sequences' members belong together, by index. */
export interface Alignment {
  readonly pairs: readonly (readonly [number, number])[];
  /** Members of the first without a partner. */
  readonly missing: readonly number[];
  /** Members of the second without a partner. */
  readonly extra: readonly number[];
  /** Pairs that stand in another order than the rest. */
  readonly moved: readonly (readonly [number, number])[];
}

/** Members less similar than this do not belong together. */
const LEAST = 0.3;
/** Members that stand elsewhere must be this similar to count as moved. */
const MOVED = 0.7;

/**
 * Aligns two sequences so that the summed similarity above a least one is greatest (Needleman and Wunsch 1970),
 * then pairs what is left: where one of each stands at the same place they were changed; where they are much
 * alike they were moved.
 */
export function align(
  first: number,
  second: number,
  similarity: (a: number, b: number) => number,
): Alignment {
  const known = Array.from({ length: first }, (_, a) =>
    Float64Array.from({ length: second }, (_, b) => similarity(a, b)),
  );
  const at = (a: number, b: number) => known[a]?.[b] ?? 0;
  const best = Array.from({ length: first + 1 }, () => new Float64Array(second + 1));
  const value = (a: number, b: number) => best[a]?.[b] ?? 0;
  for (let a = first - 1; a >= 0; a--) {
    for (let b = second - 1; b >= 0; b--) {
      const taken = at(a, b) - LEAST + value(a + 1, b + 1);
      const row = best[a];
      if (row) row[b] = Math.max(taken, value(a + 1, b), value(a, b + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [a, b] = [0, 0]; a < first && b < second; ) {
    const here = value(a, b);
    if (at(a, b) > LEAST && here === at(a, b) - LEAST + value(a + 1, b + 1)) pairs.push([a++, b++]);
    else if (here === value(a + 1, b)) a++;
    else b++;
  }
  const all = [...pairs, ...pairGaps(pairs, first, second)].sort((p, q) => p[0] - q[0]);
  const crossed = crossedOf(all, at);
  const kept = all.filter((pair) => !crossed.has(pair));
  const moved: (readonly [number, number])[] = [...crossed.values()];
  const isFree = (side: 0 | 1, index: number) => ![...kept, ...moved].some((pair) => pair[side] === index);
  for (const a of range(first).filter((index) => isFree(0, index))) {
    const b = range(second).find((index) => isFree(1, index) && at(a, index) >= MOVED);
    if (b !== undefined) moved.push([a, b]);
  }
  return {
    pairs: kept,
    missing: range(first).filter((index) => isFree(0, index)),
    extra: range(second).filter((index) => isFree(1, index)),
    moved,
  };
}

/** Between two neighbouring pairs, as many members on both sides without a partner belong together. */
function pairGaps(
  pairs: readonly (readonly [number, number])[],
  first: number,
  second: number,
): [number, number][] {
  const framed = [[-1, -1] as const, ...pairs, [first, second] as const];
  return framed.slice(1).flatMap(([a, b], index) => {
    const [fromA, fromB] = framed[index] ?? [-1, -1];
    const count = a - fromA - 1;
    if (count !== b - fromB - 1) return [];
    return range(count).map((step): [number, number] => [fromA + 1 + step, fromB + 1 + step]);
  });
}

/** Pairs of pairs that are much more alike crosswise: they changed places. Each with its true pair. */
function crossedOf(
  pairs: readonly (readonly [number, number])[],
  at: (a: number, b: number) => number,
): Map<readonly [number, number], readonly [number, number]> {
  const crossed = new Map<readonly [number, number], readonly [number, number]>();
  const weak = pairs.filter(([a, b]) => at(a, b) < MOVED);
  for (const p of weak) {
    const q = weak.find(
      (other) =>
        other !== p && !crossed.has(other) && at(p[0], other[1]) >= MOVED && at(other[0], p[1]) >= MOVED,
    );
    if (!q || crossed.has(p)) continue;
    crossed.set(p, [p[0], q[1]]);
    crossed.set(q, [q[0], p[1]]);
  }
  return crossed;
}

function range(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index);
}
