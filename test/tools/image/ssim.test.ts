import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { fitWithin, pixelsOf } from '../../../tools/image/pixels.ts';
import { ssim } from '../../../tools/image/ssim.ts';

const wave = (width: number, height: number, phase: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    Math.round(127 + 120 * Math.sin(Math.floor(i / 3) / 5 + (i % 3) + phase)),
  ),
});

describe('ssim', () => {
  it('is 1 for equal pictures and falls with their difference', () => {
    const picture = wave(40, 30, 0);
    expect(ssim(picture, picture)).toBeCloseTo(1, 12);
    expect(ssim(picture, wave(40, 30, 0.2))).toBeGreaterThan(ssim(picture, wave(40, 30, 0.8)));
  });

  it('agrees with the formula of scikit-image, computed with scipy, on two ramps', () => {
    // structural_similarity(a, b, channel_axis=2, data_range=255, win_size=7)
    const ramp = (step: number) => ({
      width: 12,
      height: 9,
      data: Uint8Array.from({ length: 12 * 9 * 3 }, (_, i) => (i * step) % 256),
    });
    expect(ssim(ramp(3), ramp(5))).toBeCloseTo(-0.100908899466031, 10);
  });

  it('refuses pictures of two sizes', () => {
    expect(() => ssim(wave(10, 10, 0), wave(11, 10, 0))).toThrow(RangeError);
  });
});

describe('pixelsOf', () => {
  it('averages areas when it scales down', async () => {
    const stripes = Buffer.from(
      Array.from({ length: 16 * 16 * 3 }, (_, i) => (Math.floor(i / 3) % 2 ? 255 : 0)),
    );
    const png = await sharp(stripes, { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toBuffer();
    const { data } = await pixelsOf(pictureOfPng(png), { width: 4, height: 4 });
    const middle = data[(4 + 1) * 3] ?? 0;
    expect(Math.abs(middle - 127)).toBeLessThan(12);
  });

  it('fits a size into a number of pixels, never larger than it was', () => {
    expect(fitWithin({ width: 4000, height: 1000 }, 1_000_000)).toEqual({ width: 2000, height: 500 });
    expect(fitWithin({ width: 40, height: 10 }, 1_000_000)).toEqual({ width: 40, height: 10 });
  });
});
