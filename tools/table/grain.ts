import type { Pixels } from '../image/pixels.ts';
import { planeOf, windowMax, windowMin } from '../image/window.ts';

/** A 3 x 3 window that spans more levels than this holds a letter. */
const LETTER = 64;
/** JPEG codes blocks of 8 pixels, so its ringing reaches that far from a letter. */
const REACH = 8;

/**
 * How many levels (0 to 255) the ground wobbles near letters, which is where JPEG rings: the 90th percentile of
 * the second difference, the lesser of both directions, so that thin faint lines do not count. 0 to 2 for
 * pictures that a renderer wrote.
 */
export function grainOf(pixels: Pixels): number {
  const { width, height } = pixels;
  const plane = planeOf(pixels, 1);
  const [min, max] = [windowMin(plane, pixels), windowMax(plane, pixels)];
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = 1; y < height - 1; y++) {
    let near = 0;
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if ((max[i] ?? 0) - (min[i] ?? 0) > LETTER) {
        near = REACH;
        continue;
      }
      if (near-- <= 0) continue;
      const wobble = Math.min(bend(plane, i, 1), bend(plane, i, width)) >> 1;
      counts[wobble] = (counts[wobble] ?? 0) + 1;
      total++;
    }
  }
  let seen = 0;
  return total === 0
    ? 0
    : counts.findIndex((count) => {
        seen += count;
        return seen >= 0.9 * total;
      });
}

function bend(plane: Uint8Array, i: number, step: number): number {
  return Math.abs((plane[i - step] ?? 0) + (plane[i + step] ?? 0) - 2 * (plane[i] ?? 0));
}
