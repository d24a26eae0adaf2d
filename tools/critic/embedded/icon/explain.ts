import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Suspicion } from './findings.ts';

/** No element is spoken of for fewer differing pixels. */
const LEAST_PIXELS = 5;

/**
 * Decides which suspicions are true: by rank, then by size, elements take the differing pixels near them, and
 * one for which none are left is as it should be: a shape that a missing one uncovers has not changed itself.
 * Clears the pixels that it explains.
 * @param excess non-zero where the pictures differ
 */
export function explained(
  suspicions: readonly Suspicion[],
  excess: Uint8Array,
  width: number,
): Discrepancy[] {
  const height = excess.length / width;
  const inOrder = [...suspicions].sort((a, b) => a.rank - b.rank || a.area - b.area);
  const near = new Uint8Array(excess.length);
  const found: Discrepancy[] = [];
  for (const { area, least, pixels, describe } of inOrder) {
    const claimed: number[] = [];
    const touched: number[] = [];
    for (const pixel of pixels.flat()) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let ny = Math.max(0, y - REACH); ny <= Math.min(height - 1, y + REACH); ny++) {
        for (let nx = Math.max(0, x - REACH); nx <= Math.min(width - 1, x + REACH); nx++) {
          const other = ny * width + nx;
          if (near[other] !== 0) continue;
          near[other] = 1;
          touched.push(other);
          if ((excess[other] ?? 0) > 0) claimed.push(other);
        }
      }
    }
    for (const other of touched) near[other] = 0;
    if (claimed.length < Math.max(LEAST_PIXELS, least * area)) continue;
    for (const pixel of claimed) excess[pixel] = 0;
    found.push(...describe(claimed));
  }
  return found;
}

/** Pixels around an element that still belong to it: the width of an anti-aliased edge, on either side. */
const REACH = 2;
