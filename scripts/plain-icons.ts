/** Plain icons of a few shapes, drawn by seeded rules: a data set whose code is known. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Random, seeded } from '../bench/embedded/random.ts';
import { RenderError } from '../core/errors.ts';
import type { Renderer } from '../core/render.ts';

const palette = [
  '#e11d48',
  '#f59e0b',
  '#10b981',
  '#2563eb',
  '#7c3aed',
  '#0f172a',
  '#78350f',
  '#0891b2',
] as const;

const shapes: readonly [Shape, ...Shape[]] = [
  (random, x, y) =>
    `<circle cx="${x}" cy="${y}" r="${random.between(10, 18, 1)}" fill="${random.pick(palette)}"/>`,
  (random, x, y) =>
    `<rect x="${x - 14}" y="${y - 10}" width="${random.between(18, 30, 1)}" height="${random.between(14, 24, 1)}" rx="3" fill="${random.pick(palette)}"/>`,
  (random, x, y) =>
    `<polygon points="${x},${y - 16} ${x + 16},${y + 12} ${x - 16},${y + 12}" fill="${random.pick(palette)}"/>`,
  (random, x, y) =>
    `<line x1="${x - 16}" y1="${y}" x2="${x + 16}" y2="${y + random.between(-8, 8, 1)}" stroke="${random.pick(palette)}" stroke-width="5"/>`,
];

type Shape = (random: Random, x: number, y: number) => string;

/** The SVG code of one icon: a shape in each of four places. */
export function plainIcon(seed: number): string {
  const random = seeded(seed);
  const places = [
    [27, 27],
    [73, 27],
    [27, 73],
    [73, 73],
  ] as const;
  const parts = places.map(([x, y]) => random.pick(shapes)(random, x, y));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">\n${parts.join('\n')}\n</svg>\n`;
}

/** Writes NAME.svg and NAME.png of so many icons, `side` pixels a side. */
export async function writeIcons(
  folder: string,
  count: number,
  renderer: Renderer,
  side = 128,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const name = `icon-${String(index).padStart(3, '0')}`;
    const code = plainIcon(index + 1);
    const result = await renderer.render({ code, size: { width: side, height: side } });
    if (result.kind !== 'rendered') throw new RenderError(`${name} does not render: ${result.message}`);
    await writeFile(join(folder, `${name}.svg`), code);
    await writeFile(join(folder, `${name}.png`), result.picture.png);
  }
}
