import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Box } from '../../../../../core/discrepancy.ts';
import { differences } from '../../../../../tools/critic/embedded/chart/alike.ts';
import { decodePicture } from '../../../../../tools/image/decode.ts';
import { matplotlibRenderer } from '../../../../../tools/render/matplotlib.ts';
import { rendered } from '../../../../conformance/renderer.ts';

const program = `import matplotlib.pyplot as plt
plt.bar(['North', 'South', 'West'], [30, 47, 38], color='#4c72b0')
plt.grid(True, axis='y', alpha=0.3)
plt.title('Sales 2023')
plt.ylabel('Units')
plt.show()`;
const renderer = matplotlibRenderer();
afterAll(() => renderer.close());

const pictureOf = async (code: string) => rendered(await renderer.render({ code })).picture;
const reference = await pictureOf(program);
const WHOLE: Box = [0, 0, 1, 1];

async function changed(from: string, to: string) {
  expect(program).toContain(from);
  return differences(reference, await pictureOf(program.replace(from, to)));
}
async function disguised(change: (image: Sharp) => Sharp) {
  return differences(reference, await decodePicture(await change(sharp(reference.png)).toBuffer(), 'copy'));
}

describe('two pictures laid over each other', () => {
  it('differ nowhere when one is the other in another format, at another size or with other margins', async () => {
    const width = (factor: number) => Math.round(reference.width * factor);
    const copies = [
      await disguised((image) => image.jpeg({ quality: 90 })),
      await disguised((image) => image.resize({ width: width(0.75) }).png()),
      await disguised((image) => image.resize({ width: width(2) }).png()),
      await disguised((image) =>
        image.extend({ top: 8, bottom: 8, left: 10, right: 10, background: '#fff' }),
      ),
    ];
    expect(copies.map((differs) => differs?.(WHOLE))).toEqual(copies.map(() => false));
  });

  it('differ where something small was changed, and not elsewhere', async () => {
    const title = await changed('Sales 2023', 'Sales 2028');
    expect([title?.([0.3, 0, 0.4, 0.12]), title?.([0.1, 0.3, 0.8, 0.6])]).toEqual([true, false]);
    const value = await changed('38]', '39]');
    expect([value?.([0.65, 0.1, 0.25, 0.8]), value?.([0.1, 0.2, 0.2, 0.7])]).toEqual([true, false]);
    for (const [from, to] of [
      ["plt.grid(True, axis='y', alpha=0.3)", ''],
      ['#4c72b0', '#4c8cb0'],
    ] as const)
      expect((await changed(from, to))?.(WHOLE), from).not.toBe(false);
  });

  it('do not fit over each other when they are laid out otherwise', async () => {
    expect(await changed("plt.ylabel('Units')", 'plt.gcf().set_size_inches(9, 3)')).toBeUndefined();
    expect(
      await changed(
        "plt.bar(['North', 'South', 'West'], [30, 47, 38]",
        'plt.pie([1, 2, 3]); plt.bar([1], [0]',
      ),
    ).toBeUndefined();
  });
});
