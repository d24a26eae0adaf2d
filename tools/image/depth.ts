import type { Size } from './pixels.ts';

/** Chessboard distance of each pixel of a mask to the nearest pixel outside it: 1 at its edge, 0 outside. */
export function depthOf(mask: Uint8Array, { width, height }: Size): Uint16Array {
  const depth = new Uint16Array(mask.length);
  const LARGE = 65_534;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (depth[y * width + x] ?? 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue;
      const near = Math.min(at(x - 1, y), at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1));
      depth[y * width + x] = Math.min(LARGE, near + 1);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      if (mask[y * width + x] === 0) continue;
      const near = Math.min(at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x - 1, y + 1));
      depth[y * width + x] = Math.min(depth[y * width + x] ?? 0, near + 1);
    }
  }
  return depth;
}
