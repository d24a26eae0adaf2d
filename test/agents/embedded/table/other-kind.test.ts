import { afterAll, describe, expect, it } from 'vitest';
import { otherKindOf } from '../../../../agents/embedded/table/other-kind.ts';
import { outsideOf } from '../../../../bench/embedded/charts/outside.ts';
import { writePicture } from '../../../../bench/embedded/charts/picture.ts';
import { drawSample } from '../../../../bench/embedded/tables/draw.ts';
import { pageOf } from '../../../../bench/embedded/tables/prose.ts';
import { sampleOf } from '../../../../bench/embedded/tables/sample.ts';
import type { Picture } from '../../../../core/picture.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { openBrowser } from '../../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../../tools/render/html.ts';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { structureOf } from '../../../../tools/table/structure.ts';

const html = htmlRenderer({ browser: openBrowser({ allowUnsandboxed: true }) });
const matplotlib = matplotlibRenderer();
afterAll(async () => {
  await html.close();
  await matplotlib.close();
});

async function kindOf(picture: Picture | undefined): Promise<string | undefined> {
  if (!picture) throw new Error('the sample does not render');
  const pixels = await pixelsOf(picture);
  return otherKindOf(pixels, await structureOf(pixels), undefined);
}

describe('pictures of another kind than a table', () => {
  it.each([700, 703, 708])('tells chart %i by the marks of its axes', async (seed) => {
    expect(await kindOf(await writePicture(outsideOf(seed), matplotlib))).toBe('it looks like a chart');
  });

  it.each([0, 2, 8])('tells page %i by lines that run across', async (seed) => {
    const page = await html.render({ code: pageOf(seed) });
    expect(await kindOf(page.kind === 'rendered' ? page.picture : undefined)).toBe(
      'it looks like a page of running text',
    );
  });

  it.each([0, 1, 2, 3, 4, 5])('has nothing against table %i', async (seed) => {
    expect(await kindOf(await drawSample(sampleOf(seed), html))).toBeUndefined();
  });
});
