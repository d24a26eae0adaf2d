import type { Rgb } from '../ground.ts';
import type { Pixels } from '../pixels.ts';

/** What one paint covers: all places of one flat colour, or one gradient. */
export interface Surface {
  /** Median colour. */
  readonly colour: Rgb;
  /** One colour all over; else a gradient, shadow or texture. */
  readonly flat: boolean;
  /** Calm pixels that it was found in; 0 for a colour known from thin strokes only. */
  readonly area: number;
}

/** Range of levels, per channel, that still counts as one colour. */
const FLAT = 5;
/** Regions of colours at most this far apart share a surface. */
const SAME = 4;

/** Surfaces of the calm regions: flat regions of one colour share one, each gradient is its own. */
export function surfacesOf(
  { data }: Pixels,
  { labels, count }: { labels: Int32Array; count: number },
  slack: number,
): { surfaces: Surface[]; surfaceOf: Int32Array } {
  const histograms = new Uint32Array((count + 1) * 3 * 256);
  const areas = new Uint32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (label === 0) continue;
    areas[label] = (areas[label] ?? 0) + 1;
    for (let channel = 0; channel < 3; channel++) {
      const bin = (label * 3 + channel) * 256 + (data[i * 3 + channel] ?? 0);
      histograms[bin] = (histograms[bin] ?? 0) + 1;
    }
  }
  const surfaces: Surface[] = [];
  const surfaceOf = new Int32Array(count + 1);
  const order = Array.from({ length: count }, (_, i) => i + 1).sort(
    (a, b) => (areas[b] ?? 0) - (areas[a] ?? 0),
  );
  for (const label of order) {
    const area = areas[label] ?? 0;
    const at = (channel: number, share: number) =>
      quantile(
        histograms.subarray((label * 3 + channel) * 256, (label * 3 + channel + 1) * 256),
        area * share,
      );
    const colour: Rgb = [at(0, 0.5), at(1, 0.5), at(2, 0.5)];
    const flat = [0, 1, 2].every((channel) => at(channel, 0.98) - at(channel, 0.02) <= FLAT + 2 * slack);
    const same = flat
      ? surfaces.findIndex((other) => other.flat && near(other.colour, colour, SAME + slack))
      : -1;
    const found = surfaces[same];
    if (found) surfaces[same] = { ...found, area: found.area + area };
    surfaceOf[label] = found ? same : surfaces.push({ colour, flat, area }) - 1;
  }
  return { surfaces, surfaceOf };
}

function quantile(histogram: Uint32Array, rank: number): number {
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += histogram[level] ?? 0;
    if (seen > 0 && seen >= rank) return level;
  }
  return 255;
}

/** No channel is more than `levels` apart. */
export function near(a: Rgb, b: Rgb, levels: number): boolean {
  return a.every((value, channel) => Math.abs(value - (b[channel] ?? 0)) <= levels);
}
