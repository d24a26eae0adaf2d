import { expect, test } from 'vitest';
import { bootstrap } from '../../bench/bootstrap.ts';
import { seeded } from '../../bench/embedded/random.ts';

interface Item {
  readonly cluster: string;
  readonly value: number;
}
const meanOf = (items: readonly Item[]) => ({
  mean: items.reduce((sum, { value }) => sum + value, 0) / items.length,
});
const clusterOf = ({ cluster }: Item) => cluster;
const options = { resamples: 1000, seed: 1 };

/** Coin tosses, `size` of one result in each cluster. */
function tosses(clusters: number, size: number, seed: number): Item[] {
  const random = seeded(seed);
  return Array.from({ length: clusters }, (_, index) => {
    const value = random.chance(0.5) ? 1 : 0;
    return Array.from({ length: size }, () => ({ cluster: String(index), value }));
  }).flat();
}

test('an interval of a mean is as wide as theory says, and the same for the same seed', () => {
  const items = tosses(400, 1, 7);
  const { mean } = bootstrap(items, clusterOf, meanOf, options);
  const [low = 0, high = 0] = mean ?? [];
  // 2 x 1.96 x sqrt(0.25 / 400) = 0.098
  expect(high - low).toBeCloseTo(0.098, 1);
  expect(low).toBeLessThan(meanOf(items).mean);
  expect(high).toBeGreaterThan(meanOf(items).mean);
  expect(bootstrap(items, clusterOf, meanOf, options)).toEqual({ mean });
  expect(bootstrap(items, clusterOf, meanOf, { ...options, seed: 2 })).not.toEqual({ mean });
});

test('the truth lies in 95 % of the intervals', () => {
  const hits = Array.from({ length: 200 }, (_, index) => {
    const { mean } = bootstrap(tosses(100, 1, index + 1), clusterOf, meanOf, { resamples: 200, seed: index });
    const [low = 1, high = 0] = mean ?? [];
    return low <= 0.5 && 0.5 <= high;
  });
  const share = hits.filter(Boolean).length / hits.length;
  expect(share).toBeGreaterThan(0.9);
  expect(share).toBeLessThan(0.99);
});

test('copies in one cluster bring no certainty', () => {
  const width = (items: readonly Item[]) => {
    const [low = 0, high = 0] = bootstrap(items, clusterOf, meanOf, options)['mean'] ?? [];
    return high - low;
  };
  expect(width(tosses(30, 20, 3))).toBeCloseTo(width(tosses(30, 1, 3)), 6);
});

test('of one cluster nothing can be said', () => {
  expect(bootstrap(tosses(1, 5, 1), clusterOf, meanOf, options)).toEqual({});
});
