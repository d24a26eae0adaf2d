import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Critique } from '../../../../core/critique.ts';
import { ConfigError } from '../../../../core/errors.ts';
import type { Picture } from '../../../../core/picture.ts';
import { chart } from '../../../../core/tasks/chart.ts';
import { svg } from '../../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../../tools/critic/embedded/critic.ts';
import { decodePicture } from '../../../../tools/image/decode.ts';
import { drawn, icon } from '../../../agents/embedded/drawn.ts';
import { criticConformance } from '../../../conformance/critic.ts';

const square = '<rect x="15" y="15" width="50" height="50" rx="6" fill="#e11d48"/>';
const disc = '<circle cx="90" cy="90" r="18" fill="#2563eb"/>';
const stroke = '<path d="M15 100 L60 84" stroke="#14532d" stroke-width="6" fill="none"/>';
const whole = icon(square, disc, stroke);

const critic = embeddedCritic();
async function critiqued(reference: Picture, candidate: Picture): Promise<Critique> {
  const result = await critic.critique({ task: svg, reference, candidate });
  if (result.kind !== 'critique') throw new Error(result.reason);
  return result;
}

criticConformance('embedded', async () => ({
  critic,
  task: svg,
  reference: drawn(whole, 240),
  candidate: drawn(icon(square, stroke), 240),
}));

describe('embeddedCritic on icons', () => {
  it('names a missing element, where it was, and its colour', async () => {
    const { discrepancies } = await critiqued(drawn(whole, 240), drawn(icon(square, stroke), 240));
    expect(discrepancies).toHaveLength(1);
    const [only] = discrepancies;
    expect(only).toMatchObject({ category: 'structure_error', location: 'bottom right' });
    expect(only?.description).toContain('blue #2563eb');
    expect(only?.box?.map((value) => Math.round(value * 20) / 20)).toEqual([0.6, 0.6, 0.3, 0.3]);
  });

  it('names another colour as a style error', async () => {
    const painted = icon(square.replace('#e11d48', '#16a34a'), disc, stroke);
    const { discrepancies } = await critiqued(drawn(whole, 240), drawn(painted, 240));
    expect(discrepancies).toMatchObject([{ category: 'style_error', severity: 3, location: 'top left' }]);
  });

  it('finds nothing but size and anti-aliasing between renders of one icon', async () => {
    for (const width of [120, 180, 336, 480]) {
      expect(await critiqued(drawn(whole, 240), drawn(whole, width))).toMatchObject({ severitySum: 0 });
    }
  });

  it('takes JPEG noise for what it is', async () => {
    const jpeg = await sharp(drawn(whole, 240).png).jpeg({ quality: 85 }).toBuffer();
    const reference = await decodePicture(jpeg, 'icon.jpg');
    expect(await critiqued(reference, drawn(whole, 240))).toMatchObject({ severitySum: 0 });
    const { discrepancies } = await critiqued(reference, drawn(icon(square, stroke), 240));
    expect(discrepancies).toMatchObject([{ category: 'structure_error' }]);
  });

  it('has a residual that falls as the candidate comes closer', async () => {
    const near = icon(square, disc.replace('90', '91'), stroke);
    const far = icon(square, disc.replace('90', '96'), stroke);
    const [same, closer, farther] = await Promise.all(
      [whole, near, far].map((code) => critiqued(drawn(whole, 240), drawn(code, 240))),
    );
    expect(same?.residual).toBe(0);
    expect(closer?.residual).toBeGreaterThan(0);
    expect(farther?.residual).toBeGreaterThan(closer?.residual ?? 1);
  });

  it('answers the same each time', async () => {
    const [reference, candidate] = [drawn(whole, 240), drawn(icon(disc), 240)];
    expect(await critiqued(reference, candidate)).toEqual(await critiqued(reference, candidate));
  });

  it('says plainly that charts need a model, and how to name one', async () => {
    const picture = drawn(whole, 60);
    const running = critic.critique({ task: chart, reference: picture, candidate: picture });
    await expect(running).rejects.toThrow(ConfigError);
    await expect(running).rejects.toThrow(/needs a model\. Choose a model as the critic\.$/);
  });
});
