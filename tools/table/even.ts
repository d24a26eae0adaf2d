import type { Pixels } from '../image/pixels.ts';
import type { Ruling } from './rulings.ts';

/** Share of a line's way that may be covered or lost in noise; letters in rows leave bare more than that of theirs. */
const LOST = 0.35;
/** A step of so much of the mean one is there. */
const THERE = 0.4;

/**
 * Whether the step to a line, or away from it, is there along all of it. Letters at one place of many rows make a
 * line too once they are averaged along it, but have steps here and none there.
 */
export function isEven({ width, height, data }: Pixels, { axis, at, end, from, to }: Ruling): boolean {
  const flat = axis === 'horizontal';
  const [stepAcross, stepAlong] = flat ? [width * 3, 3] : [3, width * 3];
  const stop = Math.min(to, flat ? width : height);
  return [at, end].some((edge) => {
    const steps = Array.from({ length: Math.max(0, stop - from) }, (_, index) => {
      const i = edge * stepAcross + (from + index) * stepAlong;
      return [0, 1, 2].reduce((sum, k) => sum + (data[i + k] ?? 0) - (data[i - stepAcross + k] ?? 0), 0);
    });
    const mean = steps.reduce((sum, one) => sum + one, 0) / Math.max(1, steps.length);
    const along = steps.map((one) => one * Math.sign(mean)).sort((a, b) => a - b);
    return (along[Math.floor(LOST * along.length)] ?? 0) >= THERE * Math.abs(mean);
  });
}
