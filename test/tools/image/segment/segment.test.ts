import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../../tools/image/decode.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { sceneOf } from '../../../../tools/image/segment/scene.ts';
import { type Segmentation, segment } from '../../../../tools/image/segment/segment.ts';
import { drawn, icon } from '../../../agents/embedded/drawn.ts';

const parts = async (width: number, ...elements: readonly string[]): Promise<Segmentation> =>
  segment(await pixelsOf(drawn(icon(...elements), width)));
const colours = ({ surfaces }: Segmentation) => surfaces.map(({ colour }) => colour.join(' '));

describe('segment', () => {
  it('finds the colours of a flat drawing and none between them', async () => {
    const found = await parts(
      180,
      '<circle cx="40" cy="40" r="25" fill="#e11d48"/>',
      '<rect x="70" y="70" width="40" height="40" fill="#2563eb"/>',
    );
    expect(colours(found).sort()).toEqual(['225 29 72', '255 255 255', '37 99 235']);
    expect(found.shapes).toHaveLength(3);
  });

  it('finds strokes that are too thin to hold a calm pixel, in their own colour', async () => {
    const found = await parts(
      120,
      '<path d="M10 20 L110 95" stroke="#111111" stroke-width="2" fill="none"/>',
    );
    expect(colours(found)).toContain('17 17 17');
    expect(found.shapes).toHaveLength(2);
  });

  it('takes a gradient of three stops for one surface', async () => {
    const found = await parts(
      200,
      '<defs><linearGradient id="a"><stop offset="0" stop-color="#7c3aed"/><stop offset="0.4" stop-color="#84cc16"/><stop offset="1" stop-color="#db2777"/></linearGradient></defs>',
      '<rect x="15" y="15" width="90" height="90" fill="url(#a)"/>',
    );
    expect(found.surfaces.map(({ flat }) => flat).sort()).toEqual([false, true]);
  });

  it('sees through JPEG noise', async () => {
    const clean = drawn(icon('<circle cx="60" cy="60" r="40" fill="#16a34a"/>'), 240);
    const jpeg = await decodePicture(await sharp(clean.png).jpeg({ quality: 80 }).toBuffer(), 'icon.jpg');
    const found = await segment(await pixelsOf(jpeg));
    expect(found.noise).toBeGreaterThan(0);
    expect(found.shapes.filter(({ area }) => area > 40)).toHaveLength(2);
  });
});

describe('sceneOf', () => {
  it('knows what encloses what', async () => {
    const found = await parts(
      180,
      '<circle cx="60" cy="60" r="50" fill="#e11d48"/>',
      '<circle cx="60" cy="60" r="30" fill="#2563eb"/>',
      '<circle cx="60" cy="60" r="12" fill="#fde047"/>',
    );
    const { ground, nodes } = sceneOf(found);
    const depth = (shape: number): number =>
      shape === ground ? 0 : 1 + depth(nodes[shape]?.parent ?? ground);
    expect(found.shapes.map((_, shape) => depth(shape)).sort()).toEqual([0, 1, 2, 3]);
  });
});
