import type { Renderer } from '../../../../core/render.ts';
import { pixelsOf, type Size } from '../../../../tools/image/pixels.ts';
import type { Family } from './families.ts';

/** A text as it may be drawn: its baseline starts at x and y. */
export interface Sample {
  readonly text: string;
  readonly family: Family;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  /** Its middle, not its start, is at x. */
  readonly middle?: boolean;
}

/** A text as an SVG element, and apart from it the attributes that lines of one font share. */
export function textElement({ text, family, size, x, y, middle }: Sample) {
  const anchor = middle ? ' text-anchor="middle"' : '';
  return {
    element: `<text x="${x}" y="${y}">${escaped(text)}</text>`,
    attributes: `${family} font-size="${size}"${anchor}`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
}

/** Draws texts, each in a tile of its own, all in one picture: the ink of each, 0 to 1. Empty when that fails. */
export async function inksOf(
  samples: readonly Sample[],
  tile: Size,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  if (samples.length === 0) return [];
  const { width, height } = tile;
  const size = { width, height: height * samples.length };
  const tiles = samples.map((sample, row) => {
    const { element, attributes } = textElement(sample);
    return `<svg y="${row * height}" width="${width}" height="${height}"><g ${attributes}>${element}</g></svg>`;
  });
  const code = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}">${tiles.join('')}</svg>`;
  const result = await renderer.render({ code, size, ...(signal && { signal }) });
  if (result.kind === 'render-failure') return [];
  const { data } = await pixelsOf(result.picture, size);
  const area = width * height;
  return samples.map((_, row) =>
    Float32Array.from({ length: area }, (_, i) => 1 - (data[(row * area + i) * 3] ?? 255) / 255),
  );
}
