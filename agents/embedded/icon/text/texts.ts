import type { Renderer } from '../../../../core/render.ts';
import { hexOf } from '../../../../tools/critic/embedded/words.ts';
import type { Scene } from '../../../../tools/image/segment/scene.ts';
import { sceneOf } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import type { Ocr } from '../../../../tools/ocr/ocr.ts';
import type { Recent } from '../../../../tools/recent.ts';
import type { Item } from '../trace/items.ts';
import type { Lettering } from '../trace/trace.ts';
import { fitText } from './fit.ts';
import { inkOf } from './ink.ts';
import { type GlyphLine, glyphLinesOf } from './lines.ts';
import { placed } from './place.ts';
import { readingOf } from './read.ts';
import { type Alphabet, alphabetOf, lettersAmong } from './resemblance.ts';
import { textElement } from './sheet.ts';

export interface TextTools {
  readonly ocr: Ocr;
  readonly renderer: Renderer;
  /** Keeps the letters of the renderer's fonts. */
  readonly alphabets: Recent<Promise<Alphabet>>;
  readonly signal?: AbortSignal;
}

/** A line of text that was read. */
export interface IconText extends Lettering {
  /** Beyond doubt, also without a look at how it is drawn. */
  readonly sure: boolean;
}

/** Text in another font than those that can be named misses by more. */
const MISS = 0.16;

/**
 * The lines of text of a drawing as they are read, with an element each where their font is found; undefined where
 * there seem to be some and no language data to read them with.
 */
export async function textsOf(segmentation: Segmentation, tools: TextTools): Promise<IconText[] | undefined> {
  const { ocr, renderer, alphabets, signal } = tools;
  const scene = sceneOf(segmentation);
  const lines = glyphLinesOf(segmentation, scene);
  if (lines.length === 0) return [];
  const alphabet = await alphabets.of(`${renderer.name} ${renderer.version}`, () => alphabetOf(renderer));
  const texts: IconText[] = [];
  for (const line of lettersAmong(lines, alphabet, segmentation, scene)) {
    signal?.throwIfAborted();
    // Asked only now: starting the reader takes longer than drawing most icons.
    if (!(await ocr.available())) return undefined;
    const found = await textOf(line, segmentation, scene, tools);
    if (found) texts.push(found);
  }
  return texts;
}

async function textOf(
  line: GlyphLine,
  segmentation: Segmentation,
  scene: Scene,
  { ocr, renderer, signal }: TextTools,
): Promise<IconText | undefined> {
  const ink = inkOf(line, segmentation, scene);
  const height = line.bottom - line.top;
  const reading = await readingOf(ink, { height, single: line.glyphs.length === 1 }, ocr, signal);
  if (!reading) return undefined;
  const [first] = reading.texts;
  const shapes = new Set([...line.glyphs, ...line.crumbs]);
  const found = await fitText(ink, reading.texts, renderer, signal);
  if (found && found.miss <= MISS) {
    const on = segmentation.shapes[line.on];
    const middle = on ? (on.left + on.right) / 2 : segmentation.width / 2;
    const { element, attributes } = textElement(await placed(found, ink, middle, renderer, signal));
    const item: Item = { element, attributes: `fill="${hexOf(line.colour)}" ${attributes}` };
    return { text: found.text, on: line.on, shapes, item, sure: reading.sure && found.text === first };
  }
  // A wrong word is worse than none: in whatever font, what was read must fit better than the other readings do.
  const sure = reading.sure && (!found || found.text === first);
  return sure ? { text: first, on: line.on, shapes, sure } : undefined;
}
