import { frameOf } from '../../../tools/chart/frame.ts';
import { tickMarks } from '../../../tools/chart/ticks.ts';
import { calmShare, LEAST_CALM } from '../../../tools/image/calm.ts';
import type { Pixels } from '../../../tools/image/pixels.ts';
import { type Plane, planeOf } from '../../../tools/image/window.ts';
import { wordsOf } from '../../../tools/table/covers.ts';
import type { Structure } from '../../../tools/table/structure.ts';

/** Marks that stick out of a frame at its left and foot: fewer may be ends of rulings. */
const TICKS = 4;
/** Longer ones, in pixels, are rulings that go on. */
const LONGEST_TICK = 20;
/** A cell of more words is a paragraph. */
const PARAGRAPH = 9;
/** Share of the words that stand in paragraphs or reach across columns, from which there are no columns. */
const RUNNING = 0.65;

/**
 * Why a picture is no table, as the end of a sentence: for what it looks like, else for the doubt that its cells give;
 * undefined where nothing speaks against a table.
 */
export function otherKindOf(
  pixels: Pixels,
  structure: Structure | undefined,
  doubt: string | undefined,
): string | undefined {
  if (hasTicks(pixels)) return 'it looks like a chart';
  const text = structure !== undefined && runs(structure);
  if ((text || doubt !== undefined) && calmShare(pixels) < LEAST_CALM)
    return 'it looks like a photo or a texture';
  return text ? 'it looks like a page of running text' : doubt;
}

/** Short strokes stick out of a frame at its left and its foot: axes have those, tables have not. */
function hasTicks(pixels: Pixels): boolean {
  const luma = planeOf(pixels, 1);
  const ground = commonest(luma);
  const frame = frameOf(pixels, luma, ground);
  if (!frame) return false;
  if ('reason' in frame) return frame.reason.includes('colour bar');
  const short = (side: 'left' | 'bottom') =>
    tickMarks(luma, pixels, ground, frame, side).filter(({ length }) => length < LONGEST_TICK).length;
  const [left, bottom] = [short('left'), short('bottom')];
  return left + bottom >= TICKS && (left > 1 || bottom > 1);
}

function commonest(luma: Plane): number {
  const counts = new Uint32Array(256);
  for (const level of luma) counts[level] = (counts[level] ?? 0) + 1;
  return counts.reduce((best, count, level) => (count > (counts[best] ?? 0) ? level : best), 0);
}

/** Most words stand in paragraphs, or in lines that run across what should part columns, and no ruling parts them. */
function runs({ cells, layout }: Structure): boolean {
  if (layout.lattice) return false;
  let [all, running] = [0, 0];
  for (const cell of cells) {
    const words = wordsOf(cell).length;
    const across = cell.pieces.filter(({ first, last }) => last > first);
    all += words;
    running += words > PARAGRAPH ? words : across.reduce((sum, piece) => sum + piece.words.length, 0);
  }
  return all > 0 && running > RUNNING * all;
}
