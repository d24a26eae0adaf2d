import type { Ink } from './ink.ts';
import type { Area } from './words.ts';

/**
 * Typical thickness of upright strokes in an area, in pixels: the median over runs of inked pixels along
 * rows, each pixel counted by its share of full ink, so that anti-aliasing does not round it. 0 where nothing is inked.
 */
export function strokeOf({ plane, width }: Ink, { left, top, right, bottom }: Area): number {
  let full = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) full = Math.max(full, plane[y * width + x] ?? 0);
  }
  const runs: number[] = [];
  for (let y = top; y < bottom; y++) {
    let run = 0;
    for (let x = left; x <= right; x++) {
      const share = x < right ? (plane[y * width + x] ?? 0) / full : 0;
      if (share > 0.12) run += share;
      else if (run > 0) {
        if (run > 0.5) runs.push(run);
        run = 0;
      }
    }
  }
  runs.sort((a, b) => a - b);
  return runs[Math.floor(runs.length / 2)] ?? 0;
}
