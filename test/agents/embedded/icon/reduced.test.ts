import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lookAt } from '../../../../agents/embedded/icon/look.ts';
import { trace } from '../../../../agents/embedded/icon/trace/trace.ts';
import { drawingNoise, noiseLevel } from '../../../../tools/image/noise.ts';
import { pictureOfPng } from '../../../../tools/image/picture.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { withoutRinging } from '../../../../tools/image/ringing.ts';
import { drawn, icon } from '../drawn.ts';

const badge = icon(
  '<rect width="120" height="120" fill="#f1f5f9"/>',
  '<circle cx="60" cy="46" r="36" fill="#c2410c"/>',
  '<rect x="46" y="32" width="28" height="28" fill="#fde68a"/>',
  '<rect x="24" y="92" width="72" height="16" fill="#111827"/>',
);
const letters = icon(
  '<rect x="4" y="30" width="112" height="60" rx="30" fill="#c2410c"/>',
  '<text x="60" y="72" font-family="Times New Roman" font-weight="700" font-size="32" text-anchor="middle" fill="#fff">OPEN</text>',
);

/** A drawing of four times the width, made smaller by an ordinary kernel. */
async function reduced(code: string, width: number, kernel: 'lanczos3' | 'cubic' | 'mitchell') {
  const image = sharp(drawn(code, 4 * width).png).removeAlpha();
  return pictureOfPng(await image.resize({ width, kernel }).png().toBuffer());
}

describe('a drawing reduced from a larger one', () => {
  it.each(['lanczos3', 'cubic', 'mitchell'] as const)(
    'is read by its own shapes and colours: %s',
    async (kernel) => {
      const { segmentation } = await lookAt(await reduced(badge, 96, kernel));
      const lines = segmentation ? trace(segmentation) : [];
      const read = lines.map((line) => /<(\w+).* fill="([^"]*)"/.exec(line)?.slice(1).join(' '));
      expect(read.sort()).toEqual(['circle #c2410c', 'rect #111827', 'rect #f1f5f9', 'rect #fde68a']);
    },
  );

  it('has no noise because small letters are soft', async () => {
    const pixels = await pixelsOf(await reduced(letters, 64, 'lanczos3'));
    expect(noiseLevel(pixels)).toBeGreaterThan(3);
    expect(drawingNoise(pixels)).toBe(0);
  });
});

describe('withoutRinging', () => {
  it('leaves a drawing without halos as it is', async () => {
    const pixels = await pixelsOf(drawn(badge, 96));
    expect(withoutRinging(pixels) === pixels).toBe(true);
  });

  it('leaves a line that was drawn around a shape', async () => {
    const outlined = icon(
      '<rect width="120" height="120" fill="#94a3b8"/>',
      '<circle cx="60" cy="60" r="40" fill="#1e293b" stroke="#a8b5c7" stroke-width="2"/>',
    );
    const pixels = await pixelsOf(drawn(outlined, 120));
    expect(withoutRinging(pixels) === pixels).toBe(true);
  });
});
