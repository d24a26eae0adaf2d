import type { Picture } from '../../core/picture.ts';
import { type Pixels, pixelsOf } from '../../tools/image/pixels.ts';

/** The pixels of a candidate and of its reference, the candidate stretched to the reference's size. */
export async function pixelPair(candidate: Picture, reference: Picture): Promise<[Pixels, Pixels]> {
  return Promise.all([pixelsOf(candidate, reference), pixelsOf(reference)]);
}

/** @throws RangeError when the two are not of one size: stretch one first, see `pixelPair`. */
export function requireOneSize(a: Pixels, b: Pixels): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new RangeError(
    `Pictures of one size are needed, not ${a.width} x ${a.height} and ${b.width} x ${b.height}.`,
  );
}
