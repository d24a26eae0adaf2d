import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { pixelPair } from '../../metrics/image/pair.ts';
import { transportCost } from '../../metrics/image/transport.ts';
import { mse } from '../../metrics/mse.ts';
import { paletteDistance } from '../../metrics/palette.ts';
import { psnr } from '../../metrics/psnr.ts';
import { ssim } from '../../metrics/ssim.ts';
import { decodePicture } from '../../tools/image/decode.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';
import { type Pixels, pngOf } from '../../tools/image/pixels.ts';

const golden = z
  .object({
    cases: z.array(
      z.object({ id: z.string(), a: z.base64(), b: z.base64(), ssim_rgb_win7: z.number(), mse: z.number() }),
    ),
  })
  .parse(
    JSON.parse(readFileSync(new URL('../fixtures/golden/image-similarity.json', import.meta.url), 'utf8')),
  );

const pictureOf = (base64: string) => decodePicture(Buffer.from(base64, 'base64'), 'golden');

test.for(golden.cases.map((item) => [item.id, item] as const))('golden: %s', async ([, item]) => {
  const [a, b] = await pixelPair(await pictureOf(item.a), await pictureOf(item.b));
  expect(Math.abs(ssim(a, b).value - item.ssim_rgb_win7)).toBeLessThan(1e-4);
  expect(Math.abs(mse(a, b).value - item.mse)).toBeLessThan(1e-9);
});

test('a candidate of another size is stretched to the reference', async () => {
  const flat = (width: number, height: number) =>
    pngOf({ width, height, data: new Uint8Array(width * height * 3).fill(90) }).then(pictureOfPng);
  const [a, b] = await pixelPair(await flat(60, 45), await flat(20, 30));
  expect([a.width, a.height]).toEqual([20, 30]);
  expect(mse(a, b).value).toBe(0);
});

test('pictures of two sizes are refused', () => {
  const square = (side: number): Pixels => ({
    width: side,
    height: side,
    data: new Uint8Array(side * side * 3),
  });
  for (const metric of [ssim, mse, psnr]) expect(() => metric(square(8), square(9))).toThrow('one size');
});

const pixels = fc
  .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
  .chain(({ width, height }) => {
    const data = fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 });
    return fc.record({ width: fc.constant(width), height: fc.constant(height), data });
  });
const pair = pixels.chain((a) =>
  fc
    .uint8Array({ minLength: a.data.length, maxLength: a.data.length })
    .map((data): [Pixels, Pixels] => [a, { ...a, data }]),
);

describe('properties', () => {
  test('equal pictures are equal by every metric', () => {
    fc.assert(
      fc.property(pixels, (a) => {
        expect(ssim(a, a).value).toBeCloseTo(1, 9);
        expect(ssim(a, a, { window: 11 }).value).toBeCloseTo(1, 9);
        expect(mse(a, a).value).toBe(0);
        expect(psnr(a, a).value).toBe(100);
        expect(paletteDistance(a, a).value).toBeCloseTo(0, 9);
      }),
    );
  });

  test('the order of the two does not matter, and values stay in their range', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        for (const metric of [ssim, mse, psnr, paletteDistance]) {
          expect(metric(a, b).value).toBeCloseTo(metric(b, a).value, 6);
        }
        expect(Math.abs(ssim(a, b).value)).toBeLessThanOrEqual(1 + 1e-9);
        expect(paletteDistance(a, b).value).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(psnr(a, b).value)).toBe(true);
      }),
    );
  });

  test('growing noise lowers SSIM and PSNR and raises MSE', async () => {
    const [first] = golden.cases;
    const [, reference] = await pixelPair(await pictureOf(first?.a ?? ''), await pictureOf(first?.b ?? ''));
    const noisy = (level: number): Pixels => ({
      ...reference,
      // A fixed pattern towards grey, so that the same test runs each time and nothing is clipped.
      data: reference.data.map((value, i) => value + level * ((i * 7919) % 13) * (value > 127 ? -1 : 1)),
    });
    const scores = [0, 1, 2, 4].map((level) => noisy(level));
    for (let i = 1; i < scores.length; i++) {
      const [before, after] = [scores[i - 1] ?? reference, scores[i] ?? reference];
      expect(ssim(after, reference).value).toBeLessThan(ssim(before, reference).value);
      expect(psnr(after, reference).value).toBeLessThan(psnr(before, reference).value);
      expect(mse(after, reference).value).toBeGreaterThan(mse(before, reference).value);
    }
  });
});

describe('palette distance', () => {
  const flat = (...colours: readonly [number, number, number][]): Pixels => ({
    width: colours.length,
    height: 1,
    data: Uint8Array.from(colours.flat()),
  });

  test('is the colour difference of two flat pictures: black and white are 100 apart', () => {
    expect(paletteDistance(flat([0, 0, 0]), flat([255, 255, 255])).value).toBeCloseTo(100, 1);
  });

  test('weighs by area and does not look at places', () => {
    const half = flat([0, 0, 0], [255, 255, 255]);
    expect(paletteDistance(half, flat([255, 255, 255], [0, 0, 0])).value).toBeCloseTo(0, 9);
    expect(paletteDistance(half, flat([255, 255, 255])).value).toBeCloseTo(50, 1);
  });

  test('the transport is the cheapest: checked against all ways on small problems', () => {
    const costs = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(costs, (table) => {
        const at = (i: number, j: number) => table[i]?.[j] ?? 0;
        const ways = [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
          [1, 2, 0],
          [2, 0, 1],
          [2, 1, 0],
        ];
        const best = Math.min(...ways.map((way) => way.reduce((sum, j, i) => sum + at(i, j), 0)));
        expect(transportCost([1, 1, 1], [1, 1, 1], at)).toBeCloseTo(best, 9);
      }),
    );
  });
});
