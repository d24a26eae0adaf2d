import sharp from 'sharp';
import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { decodePicture } from '../../../tools/image/decode.ts';

/** Renders a program as the picture that a reader is given; undefined when it does not render. */
export async function writePicture(
  { code, look }: { readonly code: string; readonly look: { readonly format: 'png' | 'jpeg' } },
  renderer: Renderer,
): Promise<Picture | undefined> {
  const result = await renderer.render({ code });
  if (result.kind !== 'rendered') return undefined;
  if (look.format === 'png') return result.picture;
  const jpeg = await sharp(result.picture.png).jpeg({ quality: 90 }).toBuffer();
  return decodePicture(jpeg, 'chart.jpg');
}
