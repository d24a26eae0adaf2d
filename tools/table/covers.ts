import { type Cover, coverOf } from './cover.ts';
import type { Ink } from './ink.ts';
import { linesOf } from './pieces.ts';
import type { StructureCell } from './structure.ts';
import { boundsOf, type Word } from './words.ts';

/** Where words stand, with the height of a capital there, in pixels. */
export interface Inks {
  readonly ink: Ink;
  readonly capHeight: number;
}

/** Words of a cell in reading order. */
export function wordsOf({ pieces }: Pick<StructureCell, 'pieces'>): Word[] {
  const lines = linesOf(pieces).sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0));
  return lines.flat().flatMap((piece) => piece.words);
}

/**
 * How drawn words cover those seen, one by one; a single line whose words part otherwise, as a whole. Undefined where
 * the two cannot be laid over each other: there nothing is known.
 */
export function coversOf(
  cell: Pick<StructureCell, 'pieces'>,
  seen: Inks,
  drawnWords: readonly Word[],
  drawn: Inks,
): Cover[] | undefined {
  const words = wordsOf(cell);
  if (words.length === 0 || drawnWords.length === 0) return undefined;
  if (words.length === drawnWords.length)
    return words.flatMap((area, index) => {
      const other = drawnWords[index];
      return other ? [coverOf({ ...seen, area }, { ...drawn, area: other })] : [];
    });
  return linesOf(cell.pieces).length > 1
    ? undefined
    : [coverOf({ ...seen, area: boundsOf(words) }, { ...drawn, area: boundsOf(drawnWords) })];
}

/** What is usual for the words of one table, whose font is drawn only nearly. */
export interface Usual {
  readonly ratio: number;
  readonly worst: number;
}

export function usualOf(covers: readonly Cover[]): Usual {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { ratio: middle(covers.map(({ ratio }) => ratio)), worst: middle(covers.map(({ worst }) => worst)) };
}

/** Widths may differ by so many pixels of the picture, and by this share, for the rounding of letters' places. */
const [PIXELS, SHARE] = [1.7, 0.02];
/** What a width counts that is off by the height of a capital. */
const OFF = 1;

/** How ill a word is covered beyond what is usual in its table: 0 for as well as any, less for better. */
export function misfit({ ratio, worst, wide }: Cover, usual: Usual, pixels: number): number {
  const off = wide * Math.abs(1 - Math.exp(usual.ratio - ratio)) - SHARE * wide - PIXELS / pixels;
  return worst - usual.worst + OFF * Math.max(0, off);
}
