import type { Pixels } from './pixels.ts';
import { planeOf, windowMax, windowMin } from './window.ts';

/** A 3 x 3 window that spans more levels than this holds an edge that was drawn, not noise. */
const EDGE = 56;
/** JPEG codes blocks of 8 pixels, so its ringing reaches that far from an edge. */
const REACH = 8;
const PERCENTILE = 0.8;

/**
 * How many levels (0 to 255) calm pixels wobble near edges, which is where JPEG rings and sensors show grain:
 * the 80th percentile of the second difference there, but for the two levels that rounding makes. 0 for
 * pictures that a renderer wrote, about 3 for JPEG of quality 95, 5 at 90, 9 at 75. Flat and linear fills
 * have no second difference, so gradients do not count; low edges do, so a higher percentile would be misled.
 */
export function noiseLevel(pixels: Pixels): number {
  const { width, height, data } = pixels;
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = ((data[i * 3] ?? 0) * 77 + (data[i * 3 + 1] ?? 0) * 150 + (data[i * 3 + 2] ?? 0) * 29) >> 8;
  }
  const counts = new Uint32Array(512);
  let total = 0;
  for (let y = 1; y < height - 1; y++) {
    // Pixels left over in a row until the ringing of the last edge has died out.
    let near = 0;
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (span(luma, i, width) > EDGE) {
        near = REACH;
        continue;
      }
      if (near === 0) continue;
      near--;
      const twice = 2 * (luma[i] ?? 0);
      const wobble = Math.max(
        Math.abs((luma[i - 1] ?? 0) + (luma[i + 1] ?? 0) - twice),
        Math.abs((luma[i - width] ?? 0) + (luma[i + width] ?? 0) - twice),
      );
      counts[wobble] = (counts[wobble] ?? 0) + 1;
      total++;
    }
  }
  let seen = 0;
  for (const [level, count] of counts.entries()) {
    seen += count;
    if (total > 0 && seen >= total * PERCENTILE) return Math.max(0, level - 2);
  }
  return 0;
}

/** Kernels that reduce pictures blur an edge, and ring, this far. */
const KERNEL = 3;
/** Levels of wobble that count, the share of pixels that may wobble, and how many must be there to tell by. */
const QUIET = { levels: 2, share: 0.05, pixels: 64 } as const;

/**
 * The noise of a drawing, but 0 where it is quiet from 3 to 8 pixels from edges: JPEG and grain would show there,
 * so that what wobbles closer by is small letters, softened, and not noise.
 */
export function drawingNoise(pixels: Pixels): number {
  const noise = noiseLevel(pixels);
  return noise > 0 && isQuiet(pixels) ? 0 : noise;
}

function isQuiet(pixels: Pixels): boolean {
  const { width, height } = pixels;
  const planes = ([0, 1, 2] as const).map((channel) => planeOf(pixels, channel));
  const spans = planes.map((plane) => {
    const [min, max] = [windowMin(plane, pixels), windowMax(plane, pixels)];
    return max.map((value, i) => value - (min[i] ?? 0));
  });
  const edge = Uint8Array.from({ length: width * height }, (_, i) =>
    spans.some((one) => (one[i] ?? 0) > EDGE) ? 1 : 0,
  );
  const [close, around] = [windowMax(edge, pixels, KERNEL), windowMax(edge, pixels, REACH)];
  let [wobbling, all] = [0, 0];
  for (let i = 0; i < edge.length; i++) {
    if (close[i] !== 0 || around[i] === 0) continue;
    all++;
    if (spans.some((one) => (one[i] ?? 0) > QUIET.levels)) wobbling++;
  }
  return all >= QUIET.pixels && wobbling <= QUIET.share * all;
}

function span(luma: Uint8Array, i: number, width: number): number {
  let [min, max] = [255, 0];
  for (let dy = -width; dy <= width; dy += width) {
    for (let dx = -1; dx <= 1; dx++) {
      const value = luma[i + dy + dx] ?? 0;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return max - min;
}
