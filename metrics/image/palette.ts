import type { Pixels } from '../../tools/image/pixels.ts';
import { type Lab, labOf } from '../colour/lab.ts';

export interface PaletteColour {
  readonly lab: Lab;
  /** Share of the picture's area among the colours of the palette, 0 to 1. */
  readonly weight: number;
}

/**
 * The colours that cover most of a picture: pixels are binned by the upper 4 bits of each channel, a bin's colour is
 * its pixels' mean, and the largest bins are kept, their weights summing to 1.
 */
export function paletteOf({ data }: Pixels, size: number): PaletteColour[] {
  const bins = new Map<number, { red: number; green: number; blue: number; count: number }>();
  for (let i = 0; i + 2 < data.length; i += 3) {
    const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const bin = bins.get(key);
    if (!bin) {
      bins.set(key, { red, green, blue, count: 1 });
      continue;
    }
    bin.red += red;
    bin.green += green;
    bin.blue += blue;
    bin.count++;
  }
  const largest = [...bins].sort(([a, x], [b, y]) => y.count - x.count || a - b).slice(0, size);
  const total = largest.reduce((sum, [, { count }]) => sum + count, 0);
  return largest.map(([, { red, green, blue, count }]) => ({
    lab: labOf(red / count, green / count, blue / count),
    weight: count / total,
  }));
}
