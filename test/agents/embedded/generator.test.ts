import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { PreviousDraft } from '../../../core/generator.ts';
import type { Picture } from '../../../core/picture.ts';
import { chart } from '../../../core/tasks/chart.ts';
import { svg } from '../../../core/tasks/svg.ts';
import { table } from '../../../core/tasks/table.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { ssim } from '../../../tools/image/ssim.ts';
import { generatorConformance } from '../../conformance/generator.ts';
import { drawn, icon, plainSvgRenderer } from './drawn.ts';

const house = icon(
  '<path d="M20 60 L60 20 L100 60 V104 H20 Z" fill="#2563eb"/>',
  '<rect x="48" y="70" width="24" height="34" fill="#fff"/>',
  '<circle cx="90" cy="24" r="10" fill="#f59e0b"/>',
);
const language = svg.languages[0];
const generator = embeddedGenerator({ renderers: [plainSvgRenderer()] });
const similarity = async (code: string, image: Picture) =>
  ssim(await pixelsOf(image), await pixelsOf(drawn(code, image.width), image));

generatorConformance('embedded', async () => ({
  generator,
  request: { task: svg, language, image: drawn(house, 200) },
  draft: icon('<path d="M20 60 L60 20 L100 60 V104 H20 Z" fill="#2563eb"/>'),
}));

describe('embeddedGenerator on icons', () => {
  it('draws a flat icon again, close and small', async () => {
    const image = drawn(house, 240);
    const { code, confidence } = await generator.generate({ task: svg, language, image });
    expect(await similarity(code, image)).toBeGreaterThan(0.97);
    expect(code.length).toBeLessThan(4096);
    expect(confidence).toBeGreaterThan(0.7);
  });

  it('mends what the critic flagged in a draft that lacks an element', async () => {
    const image = drawn(house, 240);
    const critic = embeddedCritic();
    const flawed = house.replace(/<circle[^>]*>/, '');
    const critique = (code: string) =>
      critic.critique({ task: svg, reference: image, candidate: drawn(code, 240) });
    const feedback = await critique(flawed);
    const { code, exhausted } = await generator.generate({
      task: svg,
      language,
      image,
      previous: { code: flawed, feedback },
    });
    expect(feedback).toMatchObject({ kind: 'critique', discrepancies: [{ location: 'top right' }] });
    expect(await critique(code)).toMatchObject({ severitySum: 0 });
    expect(exhausted).toBe(false);
  });

  it('says that it is exhausted, and gives back the draft, when nothing is left to mend', async () => {
    const image = drawn(house, 240);
    const feedback: PreviousDraft['feedback'] = await embeddedCritic().critique({
      task: svg,
      reference: image,
      candidate: image,
    });
    const previous = { code: house, feedback };
    const revised = await generator.generate({ task: svg, language, image, previous });
    expect(revised).toMatchObject({ code: house, exhausted: true });
  });

  it('gives a low confidence for noise, whatever its size', async () => {
    const noise = await sharp({
      create: {
        width: 1500,
        height: 1500,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer();
    const image = pictureOfPng(noise);
    const { code, confidence } = await generator.generate({ task: svg, language, image });
    expect(confidence).toBeLessThanOrEqual(0.2);
    expect(code).toContain('Low confidence');
    expect(drawn(code, 60)).toMatchObject({ width: 60 });
  });

  it.each([chart, table])('says plainly that $name needs a model, and how to name one', async (task) => {
    const image = drawn(house, 60);
    const running = generator.generate({ task, language: task.languages[0], image });
    await expect(running).rejects.toThrow(ConfigError);
    await expect(running).rejects.toThrow(/needs a model\. Choose a model as the generator\.$/);
  });
});
