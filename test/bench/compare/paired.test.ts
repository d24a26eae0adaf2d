import { describe, expect, it } from 'vitest';
import {
  deviationOf,
  effectOf,
  holm,
  meanInterval,
  meanOf,
  signFlipTest,
} from '../../../bench/compare/paired.ts';
import { seeded } from '../../../bench/embedded/random.ts';

const often = { resamples: 4000, seed: 1 };

describe('the sign-flip test', () => {
  it('tries all changes of few values: 1, 2, 3 sum to 6 in 2 of 8 ways', () => {
    expect(signFlipTest([1, 2, 3], often)).toBe(2 / 8);
    // The absolute sums are 6, 4, 2 and 0, each in two ways; the seen one is 2.
    expect(signFlipTest([1, -2, 3], often)).toBe(6 / 8);
    expect(signFlipTest([5, 5, 5, 5, 5], often)).toBe(2 / 32);
  });

  it('leaves out zeros, which no change of sign changes', () => {
    expect(signFlipTest([0, 0, 1, 2, 3, 0], often)).toBe(2 / 8);
    expect(signFlipTest([0, 0], often)).toBe(1);
  });

  it('draws at random of many values, and is never zero', () => {
    const equal = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(signFlipTest(equal, often)).toBe(1);
    expect(signFlipTest(new Array(30).fill(1), often)).toBe(1 / 4001);
    // z = 10 / sqrt(30) = 1.83: two-sided 0.099 with the ties of a binomial of 30.
    const lean = Array.from({ length: 30 }, (_, i) => (i < 20 ? 1 : -1));
    expect(signFlipTest(lean, often)).toBeCloseTo(0.0987, 1);
  });
});

it("Holm's adjustment, by hand", () => {
  // Sorted 0.01, 0.02, 0.03, 0.5 times 4, 3, 2, 1; none below the one before it.
  const adjusted = holm([0.02, 0.5, 0.01, 0.03]);
  for (const [i, value] of [0.06, 0.5, 0.04, 0.06].entries()) expect(adjusted[i]).toBeCloseTo(value, 12);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

it('effects, by hand', () => {
  expect(meanOf([1, 2, 3, 6])).toBe(3);
  expect(deviationOf([1, 2, 3, 6])).toBeCloseTo(Math.sqrt(14 / 3), 12);
  const effect = effectOf([2, 0, -1, 3]);
  expect(effect).toMatchObject({ wins: 2, ties: 1, losses: 1, dominance: 0.25 });
  expect(effect.dz).toBeCloseTo(1 / Math.sqrt(10 / 3), 12);
  expect(effectOf([1, 1]).dz).toBeNull();
});

describe('the interval of the mean', () => {
  it('is as wide as Student’s t would have it for normal values', () => {
    // 1..9: mean 5, standard error sqrt(7.5 / 9) = 0.9129, t(8) = 2.306: 2.895 to 7.105.
    const [low = 0, high = 0] = meanInterval([1, 2, 3, 4, 5, 6, 7, 8, 9], often) ?? [];
    expect(low).toBeGreaterThan(2.6);
    expect(low).toBeLessThan(3.1);
    expect(high).toBeGreaterThan(6.9);
    expect(high).toBeLessThan(7.4);
  });

  it('is a point where nothing varies, and nothing for one value', () => {
    expect(meanInterval([2, 2, 2], often)).toEqual([2, 2]);
    expect(meanInterval([2], often)).toBeUndefined();
  });

  it('leaves out the truth about as often as it says: 5 % of 600 samples of ten', () => {
    const random = seeded(7);
    // Skewed and lumpy, as differences of severities are.
    const draw = () => (random.next() < 0.4 ? 0 : Math.round(6 * (random.next() - random.next())));
    let missed = 0;
    for (let seed = 0; seed < 600; seed++) {
      const [low = 0, high = 0] =
        meanInterval(Array.from({ length: 10 }, draw), { resamples: 400, seed }) ?? [];
      if (low > 0 || high < 0) missed++;
    }
    expect(missed / 600).toBeLessThan(0.08);
    expect(missed / 600).toBeGreaterThan(0.02);
  });
});
