import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';
import { pictureOfPng } from './picture.ts';
import { pixelsOf, pngOf } from './pixels.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The part of a picture inside a polygon: its bounding box, white outside the polygon. Undefined when nothing of it
 * lies in the picture.
 * @param corners in pixels of the picture, in order around the polygon
 */
export async function cropPolygon(picture: Picture, corners: readonly Point[]): Promise<Picture | undefined> {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const width = Math.min(picture.width, Math.ceil(Math.max(...xs))) - left;
  const height = Math.min(picture.height, Math.ceil(Math.max(...ys))) - top;
  if (!(width > 0 && height > 0)) return undefined;
  const png = await sharp(picture.png).extract({ left, top, width, height }).png().toBuffer();
  const box = pictureOfPng(png);
  const moved = corners.map(({ x, y }) => ({ x: x - left, y: y - top }));
  if (isUpright(moved, width, height)) return box;
  const { data } = await pixelsOf(box);
  const kept = Uint8Array.from(data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!contains(moved, x + 0.5, y + 0.5)) kept.fill(255, (y * width + x) * 3, (y * width + x + 1) * 3);
    }
  }
  return pictureOfPng(await pngOf({ width, height, data: kept }));
}

/** Four corners within a pixel of the box's own. */
function isUpright(corners: readonly Point[], width: number, height: number): boolean {
  const near = (value: number, side: number) => Math.abs(value) <= 1 || Math.abs(value - side) <= 1;
  return corners.length === 4 && corners.every(({ x, y }) => near(x, width) && near(y, height));
}

/** Even-odd rule. */
function contains(corners: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  corners.forEach((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  });
  return inside;
}
