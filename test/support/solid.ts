import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';

/** A picture of one colour, for tests that only look at which picture goes where. */
export async function solid(colour: string, width = 32, height = 24): Promise<Picture> {
  const png = await sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
  return pictureOfPng(png);
}

/** Width, height, format and mean colour of a data URL's picture. */
export async function seenIn(dataUrl: string) {
  const [, format, base64 = ''] = /^data:image\/(\w+);base64,(.*)$/.exec(dataUrl) ?? [];
  const image = sharp(Buffer.from(base64, 'base64'));
  const { width, height } = await image.metadata();
  const { channels } = await image.stats();
  return { format, width, height, colour: channels.map(({ mean }) => Math.round(mean)) };
}
