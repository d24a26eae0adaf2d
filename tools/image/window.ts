import type { Pixels, Size } from './pixels.ts';

/** One 8-bit channel, row by row. */
export type Plane = Uint8Array;

/** One channel of a picture. */
export function planeOf({ data }: Pixels, channel: 0 | 1 | 2): Plane {
  const plane = new Uint8Array(data.length / 3);
  for (let i = 0; i < plane.length; i++) plane[i] = data[i * 3 + channel] ?? 0;
  return plane;
}

/** Least value in the square window of the given radius around each pixel. */
export function windowMin(plane: Plane, size: Size, radius = 1): Plane {
  return windowOf(plane, size, radius, leastOfThree);
}

/** Greatest value in the square window of the given radius around each pixel. */
export function windowMax(plane: Plane, size: Size, radius = 1): Plane {
  return windowOf(plane, size, radius, greatestOfThree);
}

type OfThree = typeof leastOfThree;

function windowOf(plane: Plane, { width, height }: Size, radius: number, ofThree: OfThree): Plane {
  // A window of radius r is r windows of radius 1, and a square is a row of columns.
  let out = plane;
  for (let k = 0; k < radius; k++) out = ofThree(out, 1, width);
  for (let k = 0; k < radius; k++) out = ofThree(out, width, width * height);
  return out;
}

/** Each value, or a lesser one `step` before or after it in the same run of `length` values. */
function leastOfThree(plane: Plane, step: number, length: number): Plane {
  const out = Uint8Array.from(plane);
  for (let start = 0; start < plane.length; start += length) {
    for (let i = start + step; i < start + length; i++) {
      const before = plane[i - step] ?? 0;
      const here = plane[i] ?? 0;
      if (before < (out[i] ?? 0)) out[i] = before;
      if (here < (out[i - step] ?? 0)) out[i - step] = here;
    }
  }
  return out;
}

/** Each value, or a greater one `step` before or after it in the same run of `length` values. */
function greatestOfThree(plane: Plane, step: number, length: number): Plane {
  const out = Uint8Array.from(plane);
  for (let start = 0; start < plane.length; start += length) {
    for (let i = start + step; i < start + length; i++) {
      const before = plane[i - step] ?? 0;
      const here = plane[i] ?? 0;
      if (before > (out[i] ?? 0)) out[i] = before;
      if (here > (out[i - step] ?? 0)) out[i - step] = here;
    }
  }
  return out;
}
