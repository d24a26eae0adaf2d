import type { Renderer } from '../../../../core/render.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import type { Scene } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import { type Field, fieldOf, shareAt } from '../trace/field.ts';
import { families } from './families.ts';
import type { GlyphLine } from './lines.ts';

/** Ink in a grid over its own box, and the box's proportions. */
interface Silhouette {
  readonly cells: Float32Array;
  /** Width by height. */
  readonly aspect: number;
}

/** The letters and digits of all families, as silhouettes. */
export type Alphabet = readonly Silhouette[];

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%@$?';
const GRID = 8;
const SAMPLES = 3;
/** Pixels a side of one glyph's place in the sheet, and the size of its letters. */
const [CELL, SIZE] = [36, 24];
/** Cosine of two grids from which on a shape may be a letter, also one of another font. */
const ALIKE = 0.9;
/** The counter of a P looks like a D: what lies in a likely letter must look that much more like one. */
const COUNTER = 0.02;
/** Width by height may differ by this factor. */
const ASPECT = 1.35;

export async function alphabetOf(renderer: Renderer, signal?: AbortSignal): Promise<Alphabet> {
  const characters = [...CHARACTERS];
  const size = { width: CELL * characters.length, height: CELL * families.length };
  // One text a family, each character at a place of its own: far fewer elements to lay out.
  const places = characters.map((_, column) => (column + 0.2) * CELL).join(' ');
  const rows = families.map(
    (family, row) =>
      `<text x="${places}" y="${(row + 0.7) * CELL}" font-size="${SIZE}" ${family}>${CHARACTERS}</text>`,
  );
  const code = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}">${rows.join('')}</svg>`;
  const result = await renderer.render({ code, size, ...(signal && { signal }) });
  if (result.kind === 'render-failure') return [];
  const { data, width } = await pixelsOf(result.picture, size);
  return families.flatMap((_, row) =>
    characters.flatMap((_, column) => {
      const values = Float32Array.from({ length: CELL * CELL }, (_, i) => {
        const pixel = (row * CELL + Math.floor(i / CELL)) * width + column * CELL + (i % CELL);
        return 1 - (data[pixel * 3] ?? 255) / 255;
      });
      return silhouetteOf({ left: 0, top: 0, columns: CELL, rows: CELL, values }) ?? [];
    }),
  );
}

/** How much glyphs resemble letters, 0 to 1. */
function resemblance(line: GlyphLine, alphabet: Alphabet, segmentation: Segmentation, scene: Scene): number {
  let [like, all] = [0, 0];
  for (const index of line.glyphs) {
    const area = segmentation.shapes[index]?.area ?? 0;
    const own = silhouetteOf(fieldOf(segmentation, scene, new Set([index])));
    all += area;
    like += own ? area * Math.max(0, ...alphabet.map((letter) => likeness(own, letter))) : 0;
  }
  return like / Math.max(1, all);
}

/**
 * The lines whose ink looks like letters: only they are worth asking a text reader about. Of lines that lie in one
 * another, a letter with its counter or a board with its letters, that one is kept which looks more like letters.
 */
export function lettersAmong(
  lines: readonly GlyphLine[],
  alphabet: Alphabet,
  segmentation: Segmentation,
  scene: Scene,
): GlyphLine[] {
  const among = (line: GlyphLine) => lines.some(({ glyphs }) => glyphs.includes(line.on));
  const scored = lines
    .map((line) => ({ line, score: resemblance(line, alphabet, segmentation, scene) }))
    .filter(({ score }) => score >= ALIKE)
    .map(({ line, score }) => ({ line, score: among(line) ? score - COUNTER : score }))
    .sort((a, b) => b.score - a.score);
  const kept: GlyphLine[] = [];
  for (const { line } of scored) {
    const nested = kept.some(
      ({ on, glyphs, crumbs }) =>
        glyphs.includes(line.on) ||
        line.glyphs.includes(on) ||
        [...glyphs, ...crumbs].some((shape) => line.glyphs.includes(shape)),
    );
    if (!nested) kept.push(line);
  }
  return lines.filter((line) => kept.includes(line));
}

function silhouetteOf(field: Field): Silhouette | undefined {
  const { columns, rows, values } = field;
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (const [i, value] of values.entries()) {
    if (value < 0.5) continue;
    const [x, y] = [i % columns, Math.floor(i / columns)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0) return undefined;
  const cells = new Float32Array(GRID * GRID);
  const fine = GRID * SAMPLES;
  for (let v = 0; v < fine; v++) {
    for (let u = 0; u < fine; u++) {
      const x = field.left + left + ((u + 0.5) * width) / fine;
      const y = field.top + top + ((v + 0.5) * height) / fine;
      const cell = Math.floor(v / SAMPLES) * GRID + Math.floor(u / SAMPLES);
      cells[cell] = (cells[cell] ?? 0) + shareAt(field, [x, y]);
    }
  }
  return { cells, aspect: width / height };
}

function likeness(a: Silhouette, b: Silhouette): number {
  const aspect = a.aspect / b.aspect;
  if (aspect > ASPECT || aspect < 1 / ASPECT) return 0;
  let [both, own, other] = [0, 0, 0];
  for (const [i, value] of a.cells.entries()) {
    const wanted = b.cells[i] ?? 0;
    both += value * wanted;
    own += value * value;
    other += wanted * wanted;
  }
  return both / Math.max(1e-6, Math.sqrt(own * other));
}
