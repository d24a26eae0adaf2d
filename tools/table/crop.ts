import sharp from 'sharp';
import type { TextImage } from '../ocr/reading.ts';
import type { Ink } from './ink.ts';
import type { Area } from './words.ts';

/** White around the text, as a share of the height of its capitals: the reader wants some. */
const MARGIN = 0.5;

/** No line of text is larger than this when enlarged; what is, is no text. */
const MAX_PIXELS = 2_000_000;

export interface Crop {
  readonly image: TextImage;
  /** Where a pixel column of the table stands in the crop. */
  place(x: number): number;
}

/**
 * Cuts a piece of text out as a reader likes it: dark on white whatever the table's colours, enlarged so that
 * capitals are `height` pixels high, with a margin.
 */
export async function cropOf(ink: Ink, area: Area, capHeight: number, height: number): Promise<Crop> {
  const [width, tall] = [area.right - area.left, area.bottom - area.top];
  const margin = Math.max(2, Math.round(MARGIN * capHeight));
  const size = { width: width + 2 * margin, height: tall + 2 * margin };
  const grey = Buffer.alloc(size.width * size.height, 255);
  const full = fullInk(ink, area);
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < width; x++) {
      const level = ink.plane[(area.top + y) * ink.width + area.left + x] ?? 0;
      grey[(y + margin) * size.width + x + margin] = 255 - Math.min(255, Math.round((255 * level) / full));
    }
  }
  const scale = Math.min(height / capHeight, Math.sqrt(MAX_PIXELS / (size.width * size.height)));
  const { data, info } = await sharp(grey, { raw: { ...size, channels: 1 } })
    .resize({
      width: Math.max(8, Math.round(size.width * scale)),
      height: Math.max(8, Math.round(size.height * scale)),
      fit: 'fill',
      kernel: 'cubic',
    })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ratio = info.width / size.width;
  return {
    image: { width: info.width, height: info.height, data },
    place: (x) => (x - area.left + margin) * ratio,
  };
}

/** The level that most of the strokes' cores reach: the 95th percentile of the inked pixels. */
function fullInk({ plane, width }: Ink, { left, top, right, bottom }: Area): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const level = plane[y * width + x] ?? 0;
      if (level < 32) continue;
      counts[level] = (counts[level] ?? 0) + 1;
      total++;
    }
  }
  let seen = 0;
  for (let level = 255; level > 0; level--) {
    seen += counts[level] ?? 0;
    if (seen >= 0.05 * total) return level;
  }
  return 255;
}
