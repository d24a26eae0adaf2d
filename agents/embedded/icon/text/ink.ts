import sharp from 'sharp';
import { shareOf } from '../../../../tools/image/mixture.ts';
import type { Scene } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import type { TextImage } from '../../../../tools/ocr/reading.ts';
import type { Field } from '../trace/field.ts';
import type { GlyphLine } from './lines.ts';

/** Pixels around a line's box, where ink may fade out. */
const MARGIN = 4;
/** White around text that is read, in heights of the text: readers stumble over letters at the border. */
const AROUND = 0.5;

/** A line's ink: how much each pixel is of its colour and not of its ground. What else is near is no ink. */
export function inkOf(
  line: GlyphLine,
  { width, height, shapeAt, pixels }: Segmentation,
  scene: Scene,
): Field {
  const own = new Set([...line.glyphs, ...line.crumbs]);
  const near = new Set([
    ...own,
    line.on,
    ...line.glyphs.flatMap((shape) => scene.nodes[shape]?.children ?? []),
  ]);
  const [left, top] = [line.left - MARGIN, line.top - MARGIN];
  const [columns, rows] = [line.right + MARGIN - left, line.bottom + MARGIN - top];
  const values = Float32Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [left + (i % columns), top + Math.floor(i / columns)];
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    const pixel = y * width + x;
    if (!near.has(shapeAt[pixel] ?? -1) || !near.has(scene.secondAt[pixel] ?? -1)) return 0;
    return shareOf(pixels.data.subarray(pixel * 3, pixel * 3 + 3), line.colour, line.ground);
  });
  return { left, top, columns, rows, values };
}

/** Ink as black on white, enlarged so that `height` of its pixels become `wanted`. */
export async function textImageOf(
  { columns, rows, values }: Field,
  height: number,
  wanted: number,
): Promise<TextImage> {
  const scale = wanted / height;
  const grey = Uint8Array.from(values, (value) => Math.round(255 * (1 - value)));
  const border = Math.round(AROUND * wanted);
  const { data, info } = await sharp(grey, { raw: { width: columns, height: rows, channels: 1 } })
    .resize({
      width: Math.round(columns * scale),
      height: Math.round(rows * scale),
      fit: 'fill',
      kernel: 'cubic',
    })
    .extend({ top: border, bottom: border, left: border, right: border, background: '#fff' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
