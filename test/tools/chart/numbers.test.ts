import { describe, expect, it } from 'vitest';
import { linearScale } from '../../../tools/chart/calibrate.ts';
import { decimalsWithin, numberOf, roundWithin } from '../../../tools/chart/numbers.ts';

describe('numberOf', () => {
  it.each([
    ['1,200', 1200],
    ['−3.5', -3.5],
    ['20%', 20],
    ['$1.5M', 1_500_000],
    ['1O0', 100],
    ['.25', 0.25],
  ])('reads %s as %d', (text, value) => {
    expect(numberOf(text)?.value).toBe(value);
  });

  it.each(['Jan', '', '2024-01-05', '10^3'])('takes "%s" for no number', (text) => {
    expect(numberOf(text)).toBeUndefined();
  });
});

describe('linearScale', () => {
  const ticks = [0, 1, 2, 3, 4].map((k) => ({ at: 100 + 50 * k, value: 20 * k }));

  it('finds the scale although a tick was misread', () => {
    const misread = ticks.map((tick, k) => (k === 2 ? { ...tick, value: 99 } : tick));
    expect(linearScale(misread)).toMatchObject({ scale: 0.4, offset: -40, inliers: 4 });
  });

  it('finds none on a log axis', () => {
    expect(linearScale(ticks.map(({ at }, k) => ({ at, value: 10 ** k })))).toBeUndefined();
  });
});

describe('rounding', () => {
  it('keeps no more digits than the tolerance supports', () => {
    expect(roundWithin(41.93, 0.2)).toBe(42);
    expect(roundWithin(41.93, 0.04)).toBe(41.9);
    expect(decimalsWithin([120, 350], 1)).toBe(-1);
  });
});
