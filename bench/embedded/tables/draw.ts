import sharp from 'sharp';
import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { decodePicture } from '../../../tools/image/decode.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { pageHtml, truthHtml } from './page.ts';
import type { Grid, Sample } from './sample.ts';

/** The picture of a sample in its own look. */
export async function drawSample(
  { grid, look }: Pick<Sample, 'grid' | 'look'>,
  renderer: Renderer,
): Promise<Picture> {
  const picture = await draw(pageHtml({ grid, look }), renderer);
  return look.format === 'png' ? picture : asJpeg(picture, look.format);
}

/** The picture of a table as code without a style of its own gives it. */
export function drawPlain(grid: Grid, renderer: Renderer): Promise<Picture> {
  return draw(truthHtml(grid), renderer);
}

export async function asJpeg(picture: Picture, quality: number): Promise<Picture> {
  return decodePicture(await sharp(picture.png).jpeg({ quality }).toBuffer(), 'picture');
}

/** Enlarged or shrunk, as by a screen or a scanner. */
export async function resized(picture: Picture, factor: number): Promise<Picture> {
  const width = Math.round(picture.width * factor);
  return pictureOfPng(await sharp(picture.png).resize({ width, kernel: 'cubic' }).png().toBuffer());
}

async function draw(code: string, renderer: Renderer): Promise<Picture> {
  const result = await renderer.render({ code });
  if (result.kind === 'rendered') return result.picture;
  throw new Error(`A sample does not render: ${result.message}`);
}
