import { z } from 'zod';
import type { Hack } from '../../../core/render.ts';

/** Literal data in the source, counted before the program ran. */
export const SourceEvidence = z.object({
  numbers: z.int().min(0).describe('number literals'),
  encoded: z.int().min(0).describe('characters of strings that look like encoded bytes, and of bytes'),
});
export type SourceEvidence = z.infer<typeof SourceEvidence>;

/** One image that the figure shows. */
export const ImageEvidence = z.object({
  cells: z.int().min(0).describe('rows times columns'),
  channels: z.int().min(0).describe('1 for a scalar field such as a heat map'),
  share: z.number().min(0).max(1).describe('part of the canvas that it covers'),
});
export type ImageEvidence = z.infer<typeof ImageEvidence>;

/** Images below this share of the canvas are logos and the like. */
const MIN_SHARE = 0.2;
/** Heat maps typed out in code are at most some tens of rows and columns. */
const MIN_CELLS = 48 * 48;
const MIN_ENCODED = 400;

/**
 * A raster that the source itself carries, as encoded bytes or as one number after the other, and that the
 * figure shows large. Fields that code computes, however large, and small typed heat maps are honest.
 */
export function hacksOf(source: SourceEvidence, images: readonly ImageEvidence[]): Hack[] {
  const pasted = images.find(({ cells, channels, share }) => {
    if (share < MIN_SHARE) return false;
    const decoded = source.encoded >= MIN_ENCODED && channels >= 1;
    const typed = cells >= MIN_CELLS && source.numbers >= (cells * channels) / 2;
    return decoded || typed;
  });
  if (!pasted) return [];
  const percent = Math.round(pasted.share * 100);
  return [
    {
      kind: 'embedded-raster',
      message: `An image of ${pasted.cells} cells whose data stands in the code covers ${percent}% of the picture.`,
    },
  ];
}
