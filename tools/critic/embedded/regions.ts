import type { Box } from '../../../core/discrepancy.ts';
import { componentsOf } from '../../image/components.ts';
import { depthOf } from '../../image/depth.ts';
import type { Rgb } from '../../image/ground.ts';
import type { Pixels } from '../../image/pixels.ts';
import { windowMax } from '../../image/window.ts';

/** A connected place where two pictures differ. */
export interface Region {
  /** Pixels that differ. */
  readonly area: number;
  /** Half the thickness of its thickest part, in pixels: small for slivers along an edge. */
  readonly depth: number;
  /** Fractions of the picture. */
  readonly box: Box;
  /** Typical colours over the pixels that differ. */
  readonly reference: Rgb;
  readonly candidate: Rgb;
  /** The pixels, as indices. */
  readonly pixels: readonly number[];
}

/** Differing pixels at most this far apart belong to one region. */
const BRIDGE = 2;

/** Groups the differing pixels (non-zero in `excess`) into regions of at least `minArea` pixels, largest first. */
export function regionsOf(
  excess: Uint8Array,
  reference: Pixels,
  candidate: Pixels,
  minArea: number,
): Region[] {
  const { width, height } = reference;
  const mask = excess.map((value) => (value > 0 ? 1 : 0));
  const depth = depthOf(mask, reference);
  const { labels, components } = componentsOf(windowMax(mask, reference, BRIDGE), reference);
  const members = components.map((): number[] => []);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 0) members[(labels[i] ?? 0) - 1]?.push(i);
  }
  const regions = members.flatMap((pixels): Region[] => {
    if (pixels.length < minArea) return [];
    let [left, top, right, bottom, deepest] = [width, height, 0, 0, 0];
    for (const i of pixels) {
      const x = i % width;
      const y = (i - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      deepest = Math.max(deepest, depth[i] ?? 0);
    }
    const box: Box = [left / width, top / height, (right - left) / width, (bottom - top) / height];
    return [
      {
        area: pixels.length,
        depth: deepest,
        box,
        reference: typicalColour(reference, pixels),
        candidate: typicalColour(candidate, pixels),
        pixels,
      },
    ];
  });
  return regions.sort((a, b) => b.area - a.area);
}

/** Median of each channel over some pixels: anti-aliased borders do not tint it. */
export function typicalColour({ data }: Pixels, pixels: readonly number[]): Rgb {
  const median = (channel: number) => {
    const counts = new Uint32Array(256);
    for (const i of pixels) {
      const level = data[i * 3 + channel] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
    }
    let seen = 0;
    return counts.findIndex((count) => {
      seen += count;
      return seen * 2 >= pixels.length;
    });
  };
  return [median(0), median(1), median(2)];
}
