import type { Box } from '../../core/discrepancy.ts';
import type { Picture } from '../../core/picture.ts';
import { pixelsOf } from '../../tools/image/pixels.ts';

/** Where two pictures of one size differ. */
export interface Difference {
  readonly box: Box;
}

/** A channel must differ by more than this (of 255): less is anti-aliasing. */
const CHANNEL = 40;
/** Fewer pixels cannot be seen. */
const PIXELS = 6;

/** Undefined when nobody could see a difference; of pictures of two sizes everything differs. */
export async function differenceOf(one: Picture, other: Picture): Promise<Difference | undefined> {
  if (one.width !== other.width || one.height !== other.height) return { box: [0, 0, 1, 1] };
  const [a, b] = await Promise.all([pixelsOf(one), pixelsOf(other)]);
  const { width, height } = one;
  let [left, top, right, bottom, count] = [width, height, -1, -1, 0];
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3) {
      const apart = Math.max(
        Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)),
        Math.abs((a.data[i + 1] ?? 0) - (b.data[i + 1] ?? 0)),
        Math.abs((a.data[i + 2] ?? 0) - (b.data[i + 2] ?? 0)),
      );
      if (apart <= CHANNEL) continue;
      count += 1;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (count < PIXELS) return undefined;
  return {
    box: [left / width, top / height, (right + 1 - left) / width, (bottom + 1 - top) / height],
  };
}
