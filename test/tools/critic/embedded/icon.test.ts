import { describe, expect, it } from 'vitest';
import type { Discrepancy } from '../../../../core/discrepancy.ts';
import { iconComparer } from '../../../../tools/critic/embedded/icon.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { drawn, icon } from '../../../agents/embedded/drawn.ts';

const square = '<rect x="12" y="12" width="40" height="40" fill="#e11d48"/>';
const disc = '<circle cx="85" cy="85" r="20" fill="#2563eb"/>';
const bar = '<rect x="12" y="80" width="40" height="14" fill="#16a34a"/>';

async function compared(candidate: readonly string[]): Promise<readonly Discrepancy[]> {
  const pixels = (elements: readonly string[]) => pixelsOf(drawn(icon(...elements), 240));
  const compare = iconComparer(await pixels([square, disc, bar]));
  return (await compare(await pixels(candidate))).discrepancies;
}

describe('iconComparer', () => {
  it.each([
    ['missing', [square, bar], 'structure_error', 'missing'],
    [
      'too many',
      [square, disc, bar, '<circle cx="85" cy="28" r="9" fill="#111"/>'],
      'structure_error',
      'too many',
    ],
    ['elsewhere', [square, disc.replace('85', '76'), bar], 'structure_error', 'to the left'],
    ['smaller', [square, disc.replace('r="20"', 'r="14"'), bar], 'shape_error', 'too small'],
    [
      'another shape',
      [square, '<rect x="65" y="65" width="40" height="40" fill="#2563eb"/>', bar],
      'shape_error',
      '2563eb',
    ],
    ['another colour', [square, disc.replace('#2563eb', '#f59e0b'), bar], 'style_error', 'f59e0b'],
  ])('tells an element that is %s', async (_, candidate, category, words) => {
    const found = await compared(candidate);
    expect(found).toHaveLength(1);
    expect(found[0]?.category).toBe(category);
    expect(found[0]?.description).toContain(words);
  });

  it('tells another background once, not at every place', async () => {
    const ground = '<rect width="120" height="120" fill="#d0d0d0"/>';
    expect(await compared([ground, square, disc, bar])).toMatchObject([
      { category: 'style_error', location: 'background' },
    ]);
  });

  it('blames the element that moved, not the one that it uncovers', async () => {
    const over = (x: number) => [square, `<circle cx="${x}" cy="32" r="10" fill="#fde047"/>`];
    const compare = iconComparer(await pixelsOf(drawn(icon(...over(30)), 240)));
    const { discrepancies } = await compare(await pixelsOf(drawn(icon(...over(38)), 240)));
    expect(discrepancies).toHaveLength(1);
    expect(discrepancies[0]?.description).toContain('#fde047');
  });
});
