import type { Pixels } from '../pixels.ts';

/** Regions this close to a pixel have their border there. */
const REACH = 2;
/** Share of a common border along which colour must run on for two regions to be one. */
const SHARE = 0.7;
const LEAST_BORDER = 4;

interface Labels {
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * Joins regions that a kink in a gradient parts (a colour stop, the end of a ramp): along their border each
 * one's colour, continued linearly, meets the other's within `slack` levels. Edges jump there instead.
 */
export function joinGradients(pixels: Pixels, { labels, count }: Labels, slack: number): Labels {
  const borders = new Map<number, { run: number; all: number }>();
  const { width, height } = pixels;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (labels[pixel] !== 0) continue;
      const [a, b] = nearestTwo(labels, x, y, width, height);
      if (a === undefined || b === undefined) continue;
      const [one, other] = [labels[a] ?? 0, labels[b] ?? 0];
      const key = Math.min(one, other) * (count + 1) + Math.max(one, other);
      const border = borders.get(key) ?? { run: 0, all: 0 };
      border.all++;
      if (runsOn(pixels, labels, pixel, a, b, slack)) border.run++;
      borders.set(key, border);
    }
  }
  const parent = Int32Array.from({ length: count + 1 }, (_, label) => label);
  const root = (label: number): number => {
    let at = label;
    while (parent[at] !== at) at = parent[at] ?? 0;
    return at;
  };
  for (const [key, { run, all }] of borders) {
    if (all < LEAST_BORDER || run < SHARE * all) continue;
    const [a, b] = [root(Math.floor(key / (count + 1))), root(key % (count + 1))];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const renamed = new Int32Array(count + 1);
  let left = 0;
  for (let label = 1; label <= count; label++) if (root(label) === label) renamed[label] = ++left;
  return { labels: labels.map((label) => (label === 0 ? 0 : (renamed[root(label)] ?? 0))), count: left };
}

/** The nearest labelled pixel, and the nearest one of another label. */
function nearestTwo(labels: Int32Array, x: number, y: number, width: number, height: number) {
  let [a, b]: [number | undefined, number | undefined] = [undefined, undefined];
  for (let reach = 1; reach <= REACH; reach++) {
    for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
      for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
        if (Math.max(Math.abs(nx - x), Math.abs(ny - y)) !== reach) continue;
        const other = ny * width + nx;
        if (labels[other] === 0) continue;
        if (a === undefined) a = other;
        else if (labels[other] !== labels[a]) {
          b = other;
          return [a, b] as const;
        }
      }
    }
  }
  return [a, b] as const;
}

function runsOn(
  pixels: Pixels,
  labels: Int32Array,
  pixel: number,
  a: number,
  b: number,
  slack: number,
): boolean {
  for (let channel = 0; channel < 3; channel++) {
    const here = pixels.data[pixel * 3 + channel] ?? 0;
    if (Math.abs(continued(pixels, labels, a, pixel, channel) - here) > slack) return false;
    if (Math.abs(continued(pixels, labels, b, pixel, channel) - here) > slack) return false;
  }
  return true;
}

/** The colour at `to` if the region around `from` ran on linearly. */
function continued(
  { width, data }: Pixels,
  labels: Int32Array,
  from: number,
  to: number,
  channel: number,
): number {
  const label = labels[from] ?? 0;
  const at = (i: number) => data[i * 3 + channel] ?? 0;
  const slope = (step: number) => {
    const [back, on] = [labels[from - step] === label, labels[from + step] === label];
    if (back && on) return (at(from + step) - at(from - step)) / 2;
    if (on) return at(from + step) - at(from);
    return back ? at(from) - at(from - step) : 0;
  };
  const dx = (to % width) - (from % width);
  const dy = Math.floor(to / width) - Math.floor(from / width);
  return at(from) + dx * slope(1) + dy * slope(width);
}
