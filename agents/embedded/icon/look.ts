import type { Picture } from '../../../core/picture.ts';
import { calmShare, LEAST_CALM } from '../../../tools/image/calm.ts';
import { fitWithin, middleOf, type Pixels, pixelsOf } from '../../../tools/image/pixels.ts';
import { withoutRinging } from '../../../tools/image/ringing.ts';
import { type Segmentation, segment } from '../../../tools/image/segment/segment.ts';

/** Larger drawings are read at this many pixels; a picture that is no drawing at far fewer. */
const MAX_PIXELS = { drawing: 600_000, other: 60_000 } as const;
/** Pixels a side of the part that is looked at in full size: scaling down makes grain look calm. */
const MIDDLE = 700;
/** A picture of more shapes is no icon, and drawing each would take long. */
const MOST_SHAPES = 400;

/** A picture at the size at which it is read. */
export interface Look {
  readonly pixels: Pixels;
  /** Left out for photos, textures and noise, which have no surfaces to take them apart into. */
  readonly segmentation?: Segmentation;
}

/** Looks whether a picture is a drawing, and takes it apart if so. The time is bounded whatever the picture. */
export async function lookAt(image: Picture): Promise<Look> {
  const pixels = withoutRinging(await pixelsOf(image, fitWithin(image, MAX_PIXELS.drawing)));
  const scaled = pixels.width !== image.width || pixels.height !== image.height;
  const calm =
    calmShare(pixels) >= LEAST_CALM && (!scaled || calmShare(await middleOf(image, MIDDLE)) >= LEAST_CALM);
  const segmentation = calm ? await segment(pixels) : undefined;
  if (segmentation && segmentation.shapes.length <= MOST_SHAPES) return { pixels, segmentation };
  return { pixels: await pixelsOf(image, fitWithin(image, MAX_PIXELS.other)) };
}
