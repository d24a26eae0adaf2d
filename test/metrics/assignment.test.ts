import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestAssignment } from '../../metrics/assignment.ts';

const table = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test('is the best of all assignments, which are few enough to try here', () => {
  fc.assert(
    fc.property(table, (weights) => {
      const pairs = bestAssignment(weights);
      const sum = pairs.reduce((total, [i, j]) => total + (weights[i]?.[j] ?? 0), 0);
      expect(sum).toBe(bestByTrying(weights, 0, new Set()));
      expect(new Set(pairs.map(([i]) => i)).size).toBe(pairs.length);
      expect(new Set(pairs.map(([, j]) => j)).size).toBe(pairs.length);
      expect(pairs.length).toBe(Math.min(weights.length, weights[0]?.length ?? 0));
    }),
  );
});

test('is fast where permutations would never end: 200 colours on each side', () => {
  const weights = Array.from({ length: 200 }, (_, i) =>
    Array.from({ length: 200 }, (_, j) => (i * 31 + j * 17) % 101),
  );
  expect(bestAssignment(weights)).toHaveLength(200);
});

test('of nothing is nothing', () => {
  expect(bestAssignment([])).toEqual([]);
  expect(bestAssignment([[], []])).toEqual([]);
});

function bestByTrying(weights: readonly (readonly number[])[], row: number, used: Set<number>): number {
  const current = weights[row];
  if (!current) return 0;
  const skipped = weights.length > current.length ? bestByTrying(weights, row + 1, used) : -Infinity;
  const taken = current.map((weight, column) =>
    used.has(column) ? -Infinity : weight + bestByTrying(weights, row + 1, new Set([...used, column])),
  );
  return Math.max(skipped, ...taken);
}
