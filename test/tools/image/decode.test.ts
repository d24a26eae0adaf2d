import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Color } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import { decodePicture, loadPicture } from '../../../tools/image/decode.ts';

const solid = (width: number, height: number, background: Color, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background } });
const pixel = async (png: Uint8Array, left: number, top: number) => [
  ...(await sharp(png).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

describe('decodePicture', () => {
  it('turns an EXIF-rotated photo upright', async () => {
    const photo = await solid(40, 20, 'red').withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await decodePicture(photo, 'photo.jpg')).toMatchObject({ width: 20, height: 40 });
  });

  it('lays transparency on white', async () => {
    const clear = await solid(8, 8, { r: 255, g: 0, b: 0, alpha: 0 }, 4).png().toBuffer();
    const { png } = await decodePicture(clear, 'clear.png');
    expect(await pixel(png, 4, 4)).toEqual([255, 255, 255]);
  });

  it('converts CMYK to sRGB', async () => {
    const cmyk = await solid(8, 8, '#c81e1e').toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { png } = await decodePicture(cmyk, 'cmyk.jpg');
    const [red = 0, green = 0, blue = 0] = await pixel(png, 4, 4);
    expect(red).toBeGreaterThan(140);
    expect(Math.max(green, blue)).toBeLessThan(90);
  });

  it('takes the first frame of an animated GIF', async () => {
    const raw = Buffer.concat([Buffer.alloc(10 * 10 * 3, 255), Buffer.alloc(10 * 10 * 3, 0)]);
    const gif = await sharp(raw, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const picture = await decodePicture(gif, 'moving.gif');
    expect(picture).toMatchObject({ width: 10, height: 10 });
    expect(await pixel(picture.png, 5, 5)).toEqual([255, 255, 255]);
  });

  it('gives grey and palette pictures three channels', async () => {
    const grey = await solid(8, 8, '#777').greyscale().png({ palette: true }).toBuffer();
    const { png } = await decodePicture(grey, 'grey.png');
    expect((await sharp(png).metadata()).channels).toBe(3);
  });

  it('gives equal digests for equal pixels', async () => {
    const png = await solid(8, 8, 'navy').png({ compressionLevel: 0 }).toBuffer();
    const again = await solid(8, 8, 'navy').png({ compressionLevel: 9 }).toBuffer();
    expect((await decodePicture(png, 'a')).digest).toBe((await decodePicture(again, 'b')).digest);
  });
});

describe('loadPicture refuses, saying what was wrong and what to do', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verisim-pictures-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const bad: readonly [string, () => Promise<Uint8Array>, RegExp][] = [
    ['text.png', async () => Buffer.from('this is text'), /not a picture/],
    ['empty.png', async () => Buffer.alloc(0), /0 bytes/],
    [
      'cut.png',
      async () => {
        const noise = Buffer.from(Array.from({ length: 100 * 100 * 3 }, (_, i) => (i * 7919) % 256));
        const whole = await sharp(noise, { raw: { width: 100, height: 100, channels: 3 } })
          .png()
          .toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
      /damaged/,
    ],
    ['huge.png', async () => hugePng(30_000, 30_000), /30000 x 30000 pixels/],
    [
      'drawing.svg',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      /SVG|not a picture/,
    ],
  ];
  for (const [name, make, message] of bad) {
    it(name, async () => {
      const path = join(folder, name);
      await writeFile(path, await make());
      const error = await loadPicture(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toMatch(message);
      expect(String(error)).toContain(name);
    });
  }

  it('a folder', async () => {
    await expect(loadPicture(folder)).rejects.toThrow(/is a folder/);
  });
  it('a missing file', async () => {
    await expect(loadPicture(join(folder, 'none.png'))).rejects.toThrow(/no file/);
  });
});

/** A tiny valid 1 x 1 PNG whose header then claims another size: a decompression bomb's outside. */
async function hugePng(width: number, height: number): Promise<Uint8Array> {
  const { crc32 } = await import('node:zlib');
  const png = await solid(1, 1, 'white').png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}
