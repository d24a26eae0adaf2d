import type { Pixels } from '../tools/image/pixels.ts';
import { ciede2000 } from './colour/lab.ts';
import { paletteOf } from './image/palette.ts';
import { transportCost } from './image/transport.ts';
import type { Score } from './score.ts';

/**
 * Distance of the palettes of two pictures of any sizes, in units of CIEDE2000: 0 equal palettes, lower is better. It
 * is the mean colour difference along the cheapest way of repainting one palette's areas as the other's (earth mover's
 * distance); where in the picture a colour stands does not matter.
 * @param size colours of each palette. Default: 8
 */
export function paletteDistance(candidate: Pixels, reference: Pixels, size = 8): Score {
  const [a, b] = [paletteOf(candidate, size), paletteOf(reference, size)];
  const difference = ciede2000();
  const value = transportCost(
    a.map(({ weight }) => weight),
    b.map(({ weight }) => weight),
    (i, j) => {
      const [from, to] = [a[i], b[j]];
      return from && to ? difference(from.lab, to.lab) : 0;
    },
  );
  return {
    value,
    parts: { candidateColours: a.length, referenceColours: b.length },
    explanation: `The palettes of ${a.length} and ${b.length} colours are ${value.toFixed(2)} apart (CIEDE2000).`,
  };
}
