import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';

/** Decoded pixels: 8-bit RGB, interleaved, row by row from the top left. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Decodes a picture, scaled to `size` (its own where left out) by area averaging, which adds no ringing. */
export async function pixelsOf(picture: Picture, size: Size = picture): Promise<Pixels> {
  const decoded = sharp(picture.png).removeAlpha().toColourspace('srgb');
  const scaled =
    size.width === picture.width && size.height === picture.height
      ? decoded
      : decoded.resize({ width: size.width, height: size.height, fit: 'fill', kernel: 'linear' });
  const { data, info } = await scaled.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The middle of a picture at its own size, at most `side` pixels wide and high. */
export async function middleOf(picture: Picture, side: number): Promise<Pixels> {
  const [width, height] = [Math.min(side, picture.width), Math.min(side, picture.height)];
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const { data, info } = await sharp(picture.png)
    .extract({ left, top, width, height })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Encodes pixels as PNG. */
export function pngOf({ width, height, data }: Pixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** The largest size of the same proportions with at most `maxPixels` pixels; never larger than `size` itself. */
export function fitWithin(size: Size, maxPixels: number): Size {
  const scale = Math.min(1, Math.sqrt(maxPixels / (size.width * size.height)));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
