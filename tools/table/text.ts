import type { Ocr } from '../ocr/ocr.ts';
import type { ReadOptions } from '../ocr/reading.ts';
import { cropOf } from './crop.ts';
import { mendGlyphs } from './glyphs.ts';
import type { Ink } from './ink.ts';
import { linesOf } from './pieces.ts';
import { blanksOf, respaced, type Stretch } from './spacing.ts';
import type { StructureCell } from './structure.ts';
import { boundsOf, type Lettering, type Word } from './words.ts';

export interface CellText {
  readonly text: string;
  /** 0 to 1: that of the reader for the worst line; 1 for an empty cell. */
  readonly confidence: number;
}

/** How a cell is read. */
export interface CellReading {
  /** Height of capitals in the picture that is read, in pixels. */
  readonly height: number;
  /** Line by line, or all lines at once. */
  readonly layout: 'line' | 'block' | 'word';
  readonly characters?: string;
}

export interface TextParts {
  readonly ocr: Ocr;
  readonly ink: Ink;
  readonly lettering: Pick<Lettering, 'capHeight'>;
  readonly signal?: AbortSignal;
}

/** The reading to begin with. */
export const firstReading: CellReading = { height: 30, layout: 'line' };

/** Reads the text of one cell, its lines joined by blanks. */
export async function readCell(
  { pieces }: Pick<StructureCell, 'pieces'>,
  { height, layout, characters }: CellReading,
  { ocr, ink, lettering: { capHeight }, signal }: TextParts,
): Promise<CellText> {
  if (pieces.length === 0) return { text: '', confidence: 1 };
  const options: ReadOptions = { layout, ...(characters && { characters }), ...(signal && { signal }) };
  const lines = linesOf(pieces).sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0));
  if (layout === 'block') {
    const { image } = await cropOf(ink, boundsOf(pieces), capHeight, height);
    const { text, confidence } = await ocr.read(image, options);
    return { text: text.replace(/\s+/g, ' '), confidence };
  }
  const read = lines.map(async (line): Promise<CellText> => {
    const area = boundsOf(line);
    const { image, place } = await cropOf(ink, area, capHeight, height);
    const { text, confidence, symbols } = await ocr.read(image, options);
    const words = stretchesOf(
      line.flatMap((piece) => piece.words),
      capHeight,
      place,
    );
    const characters = mendGlyphs(image, symbols, blanksOf(text, symbols.length), height);
    const spelt = respaced(text.replace(/\s+/g, ' '), symbols, characters, words);
    return { text: withSlash(withoutBars(spelt)), confidence };
  });
  const texts = await Promise.all(read);
  return {
    text: texts
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    confidence: Math.min(...texts.map(({ confidence }) => confidence)),
  };
}

/** In a font of equally wide letters, the gaps are those between their places, which a blank fills whole. */
function stretchesOf(words: readonly Word[], capHeight: number, place: (x: number) => number): Stretch[] {
  return words.map(({ left, right, from }, index) => {
    const before = words[index - 1];
    return { left: place(left), right: place(right), gap: before ? (from - before.to) / capHeight : 0 };
  });
}

/** No word is spelt "nla" or "Wa": in a table it is the n/a of an empty cell. */
function withSlash(text: string): string {
  return text.replace(/^(?:n[l1I|]|W)a$/, 'n/a');
}

/** A bar at either end is the rest of a ruling. */
function withoutBars(text: string): string {
  return text.replace(/^[|]\s*(?=\S)|(?<=\S)\s*[|]$/g, '');
}
