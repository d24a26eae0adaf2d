import { expect, test } from 'vitest';
import { codeLength } from '../../metrics/code-length.ts';
import { elementCount } from '../../metrics/element-count.ts';
import { executionRate } from '../../metrics/execution-rate.ts';
import type { VisionModel } from '../../metrics/learned/model.ts';
import { starVector } from '../../metrics/starvector.ts';
import { uniSvg, uniSvgScore } from '../../metrics/unisvg.ts';

test('execution rate keeps failures in the denominator and counts them by outcome', () => {
  const score = executionRate([
    { kind: 'rendered' },
    { kind: 'render-failure', outcome: 'timeout' },
    { kind: 'render-failure', outcome: 'timeout' },
    { kind: 'rendered' },
  ]);
  expect(score).toMatchObject({ value: 0.5, parts: { rendered: 2, timeout: 2 } });
  expect(executionRate([]).value).toBe(0);
});

test('code length is in characters, not in UTF-16 units or bytes', () => {
  expect(codeLength('a😀\n\nb')).toMatchObject({ value: 5, parts: { bytes: 8, lines: 2 } });
  expect(codeLength('').value).toBe(0);
});

test('elements are counted by tag', () => {
  const svg = '<svg><g><path d="M0 0"/><path d="M1 1"/></g><linearGradient/></svg>';
  expect(elementCount(svg)).toMatchObject({ value: 5, parts: { svg: 1, g: 1, path: 2, linearGradient: 1 } });
  expect(elementCount('no markup').value).toBe(0);
});

const white = { width: 12, height: 12, data: new Uint8Array(12 * 12 * 3).fill(255) };
const grey = { ...white, data: new Uint8Array(12 * 12 * 3).fill(128) };
const model: VisionModel = {
  name: 'tiny',
  run: async ({ data }) => ({
    image_embeds: { dims: [1, 2], data: [1, (data[0] ?? 0) / 255] },
    last_hidden_state: { dims: [1, 1, 2], data: [1, (data[0] ?? 0) / 255] },
    map: { dims: [1, 1, 1, 1], data: [1] },
  }),
};
const lpips = { ...model, layers: [{ output: 'map', weights: [1] }] };

test('the UniSVG score weighs its parts, and code that does not render scores 0', async () => {
  expect(uniSvgScore({ ssim: 0.5, lpips: 0.25, clip: 0.9 }).value).toBeCloseTo(0.1 + 0.15 + 0.54, 12);
  expect((await uniSvg(white, white, { clip: model, lpips })).value).toBeCloseTo(1, 12);
  expect((await uniSvg(grey, white, { clip: model, lpips })).value).toBeLessThan(1);
  expect((await uniSvg(undefined, white, { clip: model, lpips })).value).toBe(0);
});

test("StarVector's set gives no number for a model that is not there", async () => {
  const sample = (pixels: typeof white, code: string) => ({ pixels, code });
  const bare = await starVector(sample(grey, '<svg/>'), sample(white, '<svg></svg>'));
  expect(Object.keys(bare.parts).sort()).toEqual(['lengthDifference', 'mse', 'ssim']);
  expect(bare.parts['lengthDifference']).toBe(-5);
  expect(bare.explanation).toContain('for want of a DINO model');
  const whole = await starVector(sample(white, ''), sample(white, ''), { dino: model, lpips });
  expect(whole).toMatchObject({ value: 1, parts: { mse: 0, dino: 1, lpips: 0, lengthDifference: 0 } });
  expect(whole.parts['ssim']).toBeCloseTo(1, 9);
});
