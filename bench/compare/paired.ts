import { seeded } from '../embedded/random.ts';

export interface Resampling {
  /** Resamples of the bootstrap, and random sign changes of the permutation test. */
  readonly resamples: number;
  readonly seed: number;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * 95 % bootstrap interval of the mean of paired differences, as an expanded percentile interval: the percentile
 * interval of a small sample is too narrow, and this widens it to the level that Student's t gives a normal one.
 * Undefined for fewer than two values.
 * @see Hesterberg, "What teachers should know about the bootstrap", 2015, section 5.3
 */
export function meanInterval(
  values: readonly number[],
  { resamples, seed }: Resampling,
): readonly [low: number, high: number] | undefined {
  const { length } = values;
  if (length < 2) return undefined;
  const random = seeded(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[Math.floor(random.next() * length)] ?? 0;
    return sum / length;
  }).sort((a, b) => a - b);
  const tail = normalBelow(-Math.sqrt(length / (length - 1)) * studentQuantile(length - 1));
  return [quantile(means, tail), quantile(means, 1 - tail)];
}

/** Up to this many values every change of signs is tried. */
const EXACT = 14;

/**
 * Two-sided p-value that the mean of paired differences is zero, by changing signs at random: all 2^n ways for few
 * values, else random ones, with the seen one among them.
 * @see Phipson, Smyth, "Permutation p-values should never be zero", 2010
 */
export function signFlipTest(differences: readonly number[], { resamples, seed }: Resampling): number {
  const values = differences.filter((value) => value !== 0);
  if (values.length === 0) return 1;
  const seen = Math.abs(values.reduce((sum, value) => sum + value, 0));
  // Sums that differ by rounding alone are equal.
  const least = seen * (1 - 1e-9);
  const sumOf = (isNegative: (index: number) => boolean) =>
    Math.abs(values.reduce((sum, value, index) => sum + (isNegative(index) ? -value : value), 0));
  let asLarge = 0;
  if (values.length <= EXACT) {
    const ways = 2 ** values.length;
    for (let mask = 0; mask < ways; mask++) {
      if (sumOf((index) => ((mask >> index) & 1) === 1) >= least) asLarge++;
    }
    return asLarge / ways;
  }
  const random = seeded(seed);
  for (let i = 0; i < resamples; i++) if (sumOf(() => random.next() < 0.5) >= least) asLarge++;
  return (asLarge + 1) / (resamples + 1);
}

/**
 * p-values of a family of tests, adjusted so that the chance of any false one stays at the level. Order kept.
 * @see Holm, "A simple sequentially rejective multiple test procedure", 1979
 */
export function holm(values: readonly number[]): number[] {
  const ordered = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted: number[] = [];
  let highest = 0;
  for (const [rank, { p, index }] of ordered.entries()) {
    highest = Math.max(highest, Math.min(1, p * (ordered.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

export interface Effect {
  /** Mean of the differences over their standard deviation (Cohen's d of paired samples); null where they do not vary. */
  readonly dz: number | null;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Share of wins less share of losses, -1 to 1. */
  readonly dominance: number;
}

/** How large paired differences are; above zero is a win. */
export function effectOf(differences: readonly number[]): Effect {
  const wins = differences.filter((value) => value > 0).length;
  const losses = differences.filter((value) => value < 0).length;
  const spread = deviationOf(differences);
  return {
    dz: spread > 0 ? meanOf(differences) / spread : null,
    wins,
    ties: differences.length - wins - losses,
    losses,
    dominance: differences.length === 0 ? 0 : (wins - losses) / differences.length,
  };
}

/** Linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** Standard normal distribution function (Abramowitz, Stegun 26.2.17; error below 1e-7). */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x < 0 ? tail : 1 - tail;
}

/** 97.5 % of Student's t lie below: Cornish-Fisher's expansion (Abramowitz, Stegun 26.7.5), exact for 1 and 2. */
function studentQuantile(freedom: number): number {
  if (freedom === 1) return 12.7062;
  if (freedom === 2) return 4.3027;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
