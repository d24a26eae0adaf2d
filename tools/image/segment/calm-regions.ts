import { componentsOf } from '../components.ts';
import type { Pixels } from '../pixels.ts';

/** Levels that two neighbours may differ by within one gradient. */
const STEEPEST = 24;

/** Levels that colour may bend within a surface: by rounding, and by noise up to what JPEG makes of a drawing. */
export function bendFor(noise: number): number {
  return 3 + 2 * Math.min(8, noise);
}

/**
 * Non-zero where colour runs on evenly through a pixel in all four directions: flat fills, gradients, soft
 * shadows. What bends by more than `bend` levels is an edge, however faint: a gradient has no second difference.
 */
export function calmMask({ width, height, data }: Pixels, bend: number): Uint8Array {
  const mask = new Uint8Array(width * height).fill(1);
  const steps = [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const;
  for (const [dx, dy] of steps) {
    const step = (dy * width + dx) * 3;
    for (let y = 0; y < height; y++) {
      // Beyond the picture's border nothing bends.
      if (dy !== 0 && (y === 0 || y === height - 1)) continue;
      for (let x = dx; x < width - dx; x++) {
        const pixel = y * width + x;
        if (mask[pixel] === 0) continue;
        for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
          const here = data[i] ?? 0;
          const before = (data[i - step] ?? 0) - here;
          const after = (data[i + step] ?? 0) - here;
          if (
            before + after > bend ||
            before + after < -bend ||
            before > STEEPEST ||
            before < -STEEPEST ||
            after > STEEPEST ||
            after < -STEEPEST
          ) {
            mask[pixel] = 0;
            break;
          }
        }
      }
    }
  }
  return mask;
}

/**
 * Labels the connected calm regions, 1 and up; 0 elsewhere. A region without a single pixel that is calm all
 * around is left out: it is the middle of a blurred edge, or the core of a thin stroke.
 */
export function calmRegions(pixels: Pixels, bend: number): { labels: Int32Array; count: number } {
  const { width, height } = pixels;
  const calm = calmMask(pixels, bend);
  const { labels, components } = componentsOf(calm, pixels, 4);
  const kept = new Int32Array(components.length + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = labels[y * width + x] ?? 0;
      if (label !== 0 && kept[label] === 0 && calmAround(calm, x, y, width, height)) kept[label] = 1;
    }
  }
  let count = 0;
  for (let label = 1; label < kept.length; label++) if (kept[label] === 1) kept[label] = ++count;
  for (let i = 0; i < labels.length; i++) labels[i] = kept[labels[i] ?? 0] ?? 0;
  return { labels, count };
}

function calmAround(calm: Uint8Array, x: number, y: number, width: number, height: number): boolean {
  for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
    for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
      if (calm[(y + dy) * width + x + dx] === 0) return false;
    }
  }
  return true;
}
