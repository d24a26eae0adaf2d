import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';
import type { ImageLimit } from '../../core/task.ts';

/**
 * A picture as it goes over the wire: resized so that no side exceeds the limit (never enlarged; servers do
 * not all honour a pixel limit in the request), then encoded. Returns a data URL.
 */
export async function dataUrlOf(picture: Picture, { maxSide, format }: ImageLimit): Promise<string> {
  const resized = sharp(picture.png).resize({
    width: maxSide,
    height: maxSide,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const bytes = await (format === 'jpeg' ? resized.jpeg({ quality: 95 }) : resized.png()).toBuffer();
  return `data:image/${format};base64,${bytes.toString('base64')}`;
}
