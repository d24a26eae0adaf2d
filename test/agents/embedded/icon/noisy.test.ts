import sharp from 'sharp';
import { expect, it } from 'vitest';
import { embeddedGenerator } from '../../../../agents/embedded/generator.ts';
import { svg as task } from '../../../../core/tasks/svg.ts';
import { decodePicture } from '../../../../tools/image/decode.ts';
import { drawn, icon, plainSvgRenderer } from '../drawn.ts';

/** "EXIT" in strokes, so that no font matters. */
const sign = icon(
  '<rect x="5" y="30" width="110" height="60" rx="6" fill="#e11d48"/>',
  '<path d="M36 46H18V74H36M18 60H33M44 46L62 74M62 46L44 74M72 46V74M82 46H102M92 46V74" fill="none" stroke="#fff" stroke-width="4.5"/>',
);
const generator = embeddedGenerator({ renderers: [plainSvgRenderer()] });

async function confidenceAt(size: number, quality?: number) {
  const png = drawn(sign, size);
  const image = quality
    ? await decodePicture(await sharp(png.png).jpeg({ quality }).toBuffer(), 'sign.jpg')
    : png;
  const { confidence } = await generator.generate({ image, task, language: task.languages[0] });
  return confidence;
}

it('trusts no small letters that JPEG blurred, but sharp ones and large ones', async () => {
  expect(await confidenceAt(48, 85)).toBeLessThan(0.5);
  expect(await confidenceAt(64, 85)).toBeLessThan(0.5);
  expect(await confidenceAt(64)).toBeGreaterThan(0.5);
  expect(await confidenceAt(256, 85)).toBeGreaterThan(0.5);
});
