import type { Ocr } from '../../../../tools/ocr/ocr.ts';
import type { Field } from '../trace/field.ts';
import { textImageOf } from './ink.ts';

/** How a line was read. */
export interface Reading {
  /** The readings that are worth a comparison with the picture, the likeliest first. */
  readonly texts: readonly [string, ...string[]];
  /** The first of them beyond doubt: read so at every size and in every way, with confidence. */
  readonly sure: boolean;
}

/** Heights of the line that it is read at, in pixels. */
const HEIGHTS = [36, 56] as const;
/** Below this a reading is not even compared; from there on one that is always the same is sure. */
const [DOUBTFUL, SURE] = [0.5, 0.85];
const MOST = 3;
/** What is worth writing as text: more than marks. A ring or a bar alone is rather a drawing than O or l. */
const legible = /[\p{L}\p{N}?]/u;
const drawn = /^[OoIl|]$/;

/** Reads a line at several sizes and in several ways; undefined where nothing legible was read. */
export async function readingOf(
  ink: Field,
  { height, single }: { readonly height: number; readonly single: boolean },
  ocr: Ocr,
  signal?: AbortSignal,
): Promise<Reading | undefined> {
  const layouts = single ? (['character', 'word'] as const) : (['line', 'word'] as const);
  const found = new Map<string, { confidence: number; votes: number }>();
  for (const wanted of HEIGHTS) {
    const image = await textImageOf(ink, height, wanted);
    for (const layout of layouts) {
      const { text, confidence } = await ocr.read(image, { layout, ...(signal && { signal }) });
      const one = found.get(text) ?? { confidence: 0, votes: 0 };
      one.confidence = Math.max(one.confidence, confidence);
      one.votes++;
      found.set(text, one);
    }
  }
  const likely = [...found]
    .filter(([text, { confidence }]) => confidence >= DOUBTFUL && legible.test(text) && !drawn.test(text))
    .sort(([, a], [, b]) => b.votes - a.votes || b.confidence - a.confidence)
    .slice(0, MOST);
  const [first, ...others] = likely;
  if (!first) return undefined;
  const [text, { confidence, votes }] = first;
  const sure = confidence >= SURE && votes === HEIGHTS.length * layouts.length;
  const texts = new Set([text, ...others.map(([other]) => other), withPlus(text)]);
  return { texts: [text, ...[...texts].slice(1)], sure };
}

/** Readers take the plus of a grade or a blood group for a t: "At". */
function withPlus(text: string): string {
  return text.replace(/(?<=^\p{Lu}{1,2})t$/u, '+');
}
