import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';
import { decodePicture } from '../../tools/image/decode.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';
import { pixelsOf, pngOf } from '../../tools/image/pixels.ts';

/** What a critic is shown of one case. All but the first ask whether what should not matter does. */
export interface Probe {
  readonly name: string;
  pair(reference: Picture, candidate: Picture): Promise<readonly [Picture, Picture]>;
}

export const PLAIN = 'plain';
export const SCALE = 0.75;
export const QUALITY = 85;

/** @param repeats how often each case is shown again as it is */
export function probesOf(repeats: number): Probe[] {
  const both =
    (change: (picture: Picture) => Promise<Picture>): Probe['pair'] =>
    async (reference, candidate) => [await change(reference), await change(candidate)];
  return [
    { name: PLAIN, pair: async (reference, candidate) => [reference, candidate] },
    { name: 'swapped', pair: async (reference, candidate) => [candidate, reference] },
    { name: 'scaled', pair: both(scaled) },
    { name: 'jpeg', pair: both(recoded) },
    ...Array.from({ length: repeats }, (_, index) => ({
      name: `again-${index + 1}`,
      pair: async (reference: Picture, candidate: Picture) => [reference, candidate] as const,
    })),
  ];
}

async function scaled(picture: Picture): Promise<Picture> {
  const size = {
    width: Math.max(1, Math.round(picture.width * SCALE)),
    height: Math.max(1, Math.round(picture.height * SCALE)),
  };
  return pictureOfPng(await pngOf(await pixelsOf(picture, size)));
}

async function recoded(picture: Picture): Promise<Picture> {
  return decodePicture(await sharp(picture.png).jpeg({ quality: QUALITY }).toBuffer(), 'The JPEG');
}
