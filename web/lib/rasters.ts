import type { Raster } from './difference.ts';

/** Pixels a side at most: a difference needs no more, and the comparison stays quick. */
const MAX_SIDE = 1200;

/**
 * Two pictures as rasters of one size, the first one's proportions; the second is stretched onto it, as a
 * critic's boxes are fractions of the first.
 * @throws Error when the browser cannot decode a picture or has no canvas.
 */
export async function rastersOf(reference: string, candidate: string): Promise<[Raster, Raster]> {
  const [first, second] = await Promise.all([decoded(reference), decoded(candidate)]);
  const scale = Math.min(1, MAX_SIDE / Math.max(first.naturalWidth, first.naturalHeight));
  const width = Math.max(1, Math.round(first.naturalWidth * scale));
  const height = Math.max(1, Math.round(first.naturalHeight * scale));
  return [rasterOf(first, width, height), rasterOf(second, width, height)];
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function rasterOf(image: HTMLImageElement, width: number, height: number): Raster {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no canvas to compare pictures on.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
