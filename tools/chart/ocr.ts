import sharp from 'sharp';
import type { Pixels } from '../image/pixels.ts';
import type { Ocr } from '../ocr/ocr.ts';
import type { Area, TextPiece } from './model.ts';

export interface TextReader {
  /** Reads a line of text; `rotation` says how far it was turned counter-clockwise. */
  read(area: Area, rotation?: 0 | 90, zoom?: number): Promise<TextPiece>;
}

/** Pixels of ground left around a line. */
const MARGIN = 2;
const PAD = 12;
/** Height that tesseract reads best, for the whole line, in pixels. */
const HEIGHT = 42;

/** Reads lines out of one picture: each is cropped, turned upright, enlarged and set on a margin. */
export function textReader(
  pixels: Pixels,
  luma: Uint8Array,
  ground: number,
  ocr: Ocr,
  signal?: AbortSignal,
): TextReader {
  return {
    async read(area, rotation = 0, zoom = 1) {
      signal?.throwIfAborted();
      const left = Math.max(0, Math.floor(area.left) - MARGIN);
      const top = Math.max(0, Math.floor(area.top) - MARGIN);
      const width = Math.min(pixels.width, Math.ceil(area.right) + MARGIN) - left;
      const height = Math.min(pixels.height, Math.ceil(area.bottom) + MARGIN) - top;
      const grey = new Uint8Array(width * height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++)
          grey[y * width + x] = luma[(top + y) * pixels.width + left + x] ?? ground;
      }
      if (isLight(grey, width, height)) for (const [i, value] of grey.entries()) grey[i] = 255 - value;
      const upright = rotation === 90 ? turned(grey, width, height) : { grey, width, height };
      const scale = zoom * Math.min(5, Math.max(2, HEIGHT / upright.height));
      const { data, info } = await sharp(upright.grey, {
        raw: { width: upright.width, height: upright.height, channels: 1 },
      })
        .resize({
          width: Math.round(upright.width * scale),
          height: Math.round(upright.height * scale),
          fit: 'fill',
          kernel: 'cubic',
        })
        .normalise()
        .extend({ top: PAD, bottom: PAD, left: PAD, right: PAD, background: '#ffffff' })
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const image = { width: info.width, height: info.height, data };
      const { text, confidence } = await ocr.read(image, { layout: 'line', ...(signal && { signal }) });
      return { text: tidy(text), area, confidence, rotation, bold: false };
    },
  };
}

/** Light letters on a dark patch, by the pixels around them. */
function isLight(grey: Uint8Array, width: number, height: number): boolean {
  const border = grey.filter((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  border.sort();
  let [least, most] = [255, 0];
  for (const value of grey) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return (border[border.length >> 1] ?? 255) < (least + most) / 2;
}

/** A quarter turn clockwise: what was written upwards reads from left to right. */
function turned(
  grey: Uint8Array,
  width: number,
  height: number,
): { grey: Uint8Array; width: number; height: number } {
  const out = new Uint8Array(grey.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + (height - 1 - y)] = grey[y * width + x] ?? 0;
  }
  return { grey: out, width: height, height: width };
}

function tidy(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[—–]/g, '-');
  return wordly(plain.trim());
}

/** Capitals by the digits that look like them. */
const CAPITALS: Readonly<Record<string, string>> = { '0': 'O', '5': 'S', '8': 'B' };
/** Such a digit before the rest of a word, unless that is what digits count. */
const DIGIT =
  /\b[058](?=[a-z]{3})(?!min|sec|bit|byte|day|hour|week|month|year|quarter|way|fold|shot|core|layer|inch|mm)/g;

/** Words are not written so: these are what OCR takes an l, a c, or a capital that looks like the small letter for. */
export function wordly(text: string): string {
  return text
    .replace(/(?<=[a-z])[I|](?=[a-z]|\b)/g, 'l')
    .replace(/(?<=[a-z])1(?=[a-z])/g, 'l')
    .replace(/(?<=[a-z]|\b[A-Z](?=Cc))C(?=[a-z])/g, 'c')
    .replace(/(?<=[bcdfghklpqstvwxz])rn/g, 'm')
    .replace(/\b8(?=[A-Z]{2})/g, 'B')
    .replace(DIGIT, (digit) => CAPITALS[digit] ?? digit)
    .replace(/\b[cvwsxz](?=[A-Z]{2})/g, (letter) => letter.toUpperCase());
}
