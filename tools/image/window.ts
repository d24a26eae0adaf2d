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
  return slide(plane, size, radius, (a, b) => Math.min(a, b));
}

/** Greatest value in the square window of the given radius around each pixel. */
export function windowMax(plane: Plane, size: Size, radius = 1): Plane {
  return slide(plane, size, radius, (a, b) => Math.max(a, b));
}

/** A square window is a row window of row windows, so the cost grows with the radius, not its square. */
function slide(plane: Plane, size: Size, radius: number, pick: (a: number, b: number) => number): Plane {
  const rows = new Uint8Array(plane.length);
  const out = new Uint8Array(plane.length);
  const { width, height } = size;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = plane[y * width + x] ?? 0;
      const to = Math.min(width - 1, x + radius);
      for (let k = Math.max(0, x - radius); k <= to; k++) value = pick(value, plane[y * width + k] ?? 0);
      rows[y * width + x] = value;
    }
  }
  for (let y = 0; y < height; y++) {
    const from = Math.max(0, y - radius);
    const to = Math.min(height - 1, y + radius);
    for (let x = 0; x < width; x++) {
      let value = rows[y * width + x] ?? 0;
      for (let k = from; k <= to; k++) value = pick(value, rows[k * width + x] ?? 0);
      out[y * width + x] = value;
    }
  }
  return out;
}
