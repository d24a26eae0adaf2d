import { groundOf, unlike } from '../../image/ground.ts';
import { median } from '../../image/median.ts';
import { noiseLevel } from '../../image/noise.ts';
import type { Pixels } from '../../image/pixels.ts';
import { rangeDifference, rangesOf } from './tolerant-difference.ts';

export interface ChartResidual {
  /** Levels by which each pixel lies outside the other picture's range; 0 where it lies within. */
  readonly excess: Uint8Array;
  /** Levels of excess summed over all pixels, as a share of what the ink of the reference could differ by; 0 to 1. */
  readonly share: number;
}

/** Levels from the ground at which a pixel is ink. */
const INK = 24;
/** Drawings of one program by two renderers differ by this many levels within a pixel's neighbourhood. */
const LEVELS = 20;

/** Compares candidates of a reference's size with it, by their pixels alone: no reading is trusted here. */
export function chartResidual(reference: Pixels): (candidate: Pixels) => Promise<ChartResidual> {
  const noise = noiseLevel(reference);
  const ink = unlike(reference, groundOf(reference), INK).reduce((sum, value) => sum + value, 0);
  const clean = once(async () => rangesOf(reference, 1));
  const blurred = once(async () => rangesOf(await median(reference), 2));
  return async (candidate) => {
    const level = Math.max(noise, noiseLevel(candidate));
    const soft = level > 2;
    const excess = rangeDifference(
      await (soft ? blurred() : clean()),
      soft ? rangesOf(await median(candidate), 2) : rangesOf(candidate, 1),
      { levels: Math.min(70, LEVELS + 4 * level), edge: 0.15 },
    );
    let sum = 0;
    for (const value of excess) sum += value;
    return { excess, share: Math.min(1, sum / (255 * Math.max(1, ink))) };
  };
}

/** Made when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
