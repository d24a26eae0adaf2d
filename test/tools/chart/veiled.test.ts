import { afterAll, describe, expect, it } from 'vitest';
import { isVeiled } from '../../../tools/chart/veiled.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';

const renderer = svgRenderer();
afterAll(() => renderer.close());

/** A legend of one entry, with something drawn beneath it at the fifth that matplotlib's legends let through. */
async function legendOver(beneath: string, face: string) {
  const size = { width: 160, height: 80 };
  const result = await renderer.render({
    code: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 80"><rect width="160" height="80" fill="${face}"/>
      <g opacity="0.2">${beneath}</g>
      <rect x="20" y="36" width="24" height="3" fill="#1f77b4"/><rect x="60" y="32" width="50" height="10" fill="#222"/></svg>`,
    size,
  });
  if (result.kind !== 'rendered') throw new Error(result.message);
  const contents = [
    { left: 20, top: 36, right: 44, bottom: 39 },
    { left: 60, top: 32, right: 110, bottom: 42 },
  ];
  const area = { left: 4, top: 4, right: 156, bottom: 76 };
  return isVeiled(await pixelsOf(result.picture, size), { area, contents }, { em: 14, noise: 0 });
}

describe('whether data shows through a legend', () => {
  it.each([
    ['nothing', '', false],
    ['a grid line', '<path d="M0 20H160M80 0V80" stroke="#b0b0b0" stroke-width="1"/>', false],
    ['a line', '<path d="M0 60L160 20" stroke="#2e8b57" stroke-width="2"/>', true],
    ['a bar', '<rect x="100" y="0" width="40" height="80" fill="#ff7f0e"/>', true],
    ['dots', '<circle cx="30" cy="60" r="4" fill="#d62728"/>', true],
  ])('%s beneath it', async (_, beneath, veils) => {
    expect(await legendOver(beneath, '#ffffff')).toBe(veils);
    expect(await legendOver(beneath, '#fffbe6')).toBe(veils);
  });
});
