import { seeded } from './embedded/random.ts';

export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
}

/** 95 % of the resamples lie in here; undefined where there are too few clusters to say. */
export type Interval = readonly [low: number, high: number];

/**
 * 95 % percentile intervals of figures over results, by resampling whole clusters (a page with all its tables), since
 * results of one cluster are not independent of each other.
 * @see Efron, Tibshirani, "An introduction to the bootstrap", 1993, section 13.3
 */
export function bootstrap<T>(
  results: readonly T[],
  clusterOf: (result: T) => string,
  figuresOf: (results: readonly T[]) => Readonly<Record<string, number>>,
  { resamples, seed }: BootstrapOptions,
): Record<string, Interval> {
  const clusters = [...Map.groupBy(results, clusterOf).values()];
  if (clusters.length < 2) return {};
  const random = seeded(seed);
  const values = new Map<string, number[]>();
  for (let i = 0; i < resamples; i++) {
    const drawn = clusters.flatMap(() => clusters[Math.floor(random.next() * clusters.length)] ?? []);
    for (const [name, value] of Object.entries(figuresOf(drawn))) {
      const list = values.get(name) ?? [];
      list.push(value);
      values.set(name, list);
    }
  }
  const intervals = [...values].map(([name, list]): [string, Interval] => {
    const sorted = list.toSorted((a, b) => a - b);
    return [name, [quantile(sorted, 0.025), quantile(sorted, 0.975)]];
  });
  return Object.fromEntries(intervals);
}

/** Linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}
