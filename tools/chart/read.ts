import type { Picture } from '../../core/picture.ts';
import { calmShare } from '../image/calm.ts';
import { groundOf, type Rgb, unlike } from '../image/ground.ts';
import { noiseLevel } from '../image/noise.ts';
import { fitWithin, type Pixels, pixelsOf } from '../image/pixels.ts';
import type { Ocr } from '../ocr/ocr.ts';
import { frameOf } from './frame.ts';
import type { ChartReading } from './model.ts';
import { textReader } from './ocr.ts';
import { readFramed } from './read-framed.ts';
import { readPie } from './read-pie.ts';
import { unreadable } from './scene.ts';

/** Larger pictures are read at this many pixels. */
const MAX_PIXELS = 2_500_000;
const CALM = 0.6;
/** Levels that JPEG and scanners add to a sheet with nothing on it. */
const FAINT = 10;

/**
 * Reads a picture of one plain chart: bars, lines, dots or a pie on linear axes, on a light ground. Gives a
 * reason for what it cannot read; what it does read says by its residuals how well.
 * @param maxPixels a larger picture is scaled down first
 */
export async function readChart(
  picture: Picture,
  ocr: Ocr,
  signal?: AbortSignal,
  maxPixels = MAX_PIXELS,
): Promise<ChartReading> {
  const pixels = await pixelsOf(picture, fitWithin(picture, Math.min(MAX_PIXELS, maxPixels)));
  signal?.throwIfAborted();
  const groundColour = groundOf(pixels);
  const luma = lumaOf(pixels);
  const ground = Math.round(0.3 * groundColour[0] + 0.59 * groundColour[1] + 0.11 * groundColour[2]);
  if (isBlank(pixels, groundColour)) return unreadable('the picture is blank: it is of one colour');
  if (ground < 215) return unreadable('the ground is dark or coloured');
  if (calmShare(pixels) < CALM) return unreadable('a photo, noise or a drawing of much detail');
  const noise = noiseLevel(pixels);
  const reader = textReader(pixels, luma, ground, ocr, signal);
  const lines = frameOf(pixels, luma, ground);
  const scene = { pixels, luma, ground, groundColour, noise, reader };
  if (lines && 'kind' in lines) return lines;
  return lines ? readFramed(scene, lines) : readPie(scene);
}

function isBlank(pixels: Pixels, ground: Rgb): boolean {
  return unlike(pixels, ground, FAINT).every((value) => value === 0);
}

export function lumaOf({ data, width, height }: Pixels): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = ((data[i * 3] ?? 0) * 77 + (data[i * 3 + 1] ?? 0) * 150 + (data[i * 3 + 2] ?? 0) * 29) >> 8;
  }
  return luma;
}
