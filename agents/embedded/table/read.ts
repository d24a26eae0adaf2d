import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { fitWithin, type Pixels, pixelsOf } from '../../../tools/image/pixels.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import { type CellShape, shapeOf } from '../../../tools/table/likeness.ts';
import { type CellLook, looksOf } from '../../../tools/table/look.ts';
import { lookAlikes } from '../../../tools/table/look-alikes.ts';
import { type CellReader, cellReader } from '../../../tools/table/reading.ts';
import { isNumeric, plainText } from '../../../tools/table/same-text.ts';
import { type Structure, structureOf } from '../../../tools/table/structure.ts';
import type { CellText } from '../../../tools/table/text.ts';
import { alphabetOf } from './alphabet.ts';
import type { TableFont } from './draft.ts';
import { fontOf } from './font.ts';
import { columnWise } from './numbers.ts';
import { otherKindOf } from './other-kind.ts';

/** A table as it was read first: every cell once. */
export interface TableReading {
  readonly kind: 'table';
  readonly pixels: Pixels;
  readonly structure: Structure;
  readonly looks: readonly CellLook[];
  readonly texts: readonly CellText[];
  readonly shapes: readonly CellShape[];
  readonly font?: TableFont;
  readonly reader: CellReader;
}

export interface UnreadableTable {
  readonly kind: 'unreadable';
  /** Why, as the end of a sentence. */
  readonly reason: string;
}

export interface ReadingParts {
  readonly ocr: Ocr;
  /** Of HTML: draws words to tell the font by. */
  readonly renderer: Renderer;
  readonly signal?: AbortSignal;
}

/** Larger pictures are read at this many pixels. */
const MAX_PIXELS = 8_000_000;
/** Text that the reader is less sure of, in the mean, is no text that it can read. */
const LEAST_SURE = 0.55;

/** A number that reads otherwise at another size is not trusted more than this. */
export const AT_ODDS = 0.5;

/** Reads the one table of a picture; says why where there is none that it can read. */
export async function readTable(
  image: Picture,
  { ocr, renderer, signal }: ReadingParts,
): Promise<TableReading | UnreadableTable> {
  const pixels = await pixelsOf(image, fitWithin(image, MAX_PIXELS));
  const structure = await structureOf(pixels);
  signal?.throwIfAborted();
  const doubt = otherKindOf(pixels, structure, doubtOf(structure));
  if (!structure || doubt !== undefined) return unreadable(doubt ?? '');
  const reader = cellReader(structure, ocr, signal);
  const read = await Promise.all(structure.cells.map((cell) => reader.read(cell)));
  const checked = async (one: CellText, index: number): Promise<CellText> => {
    const cell = structure.cells[index];
    if (!cell || !isNumeric(one.text)) return one;
    const again = await reader.read(cell, 1);
    return plainText(again.text) === plainText(one.text)
      ? one
      : { ...one, confidence: Math.min(one.confidence, AT_ODDS) };
  };
  const filled = read.filter(({ text }) => text !== '');
  const certainty = filled.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, filled.length);
  if (certainty < LEAST_SURE)
    return unreadable('its text cannot be read: it is too small, blurred or handwritten');
  const sure = await Promise.all(read.map((one, index) => checked(one, index)));
  const columns = columnWise(
    structure.cells,
    read.map(({ text }) => text),
  );
  const scale = image.width / structure.pixels.width;
  const found = await fontOf(structure, columns, renderer, signal);
  const font = found && { ...found, em: found.em * scale };
  const looks = looksOf(structure);
  const spelt = font ? await respelt(structure, looks, columns, font, renderer, signal) : columns;
  const texts = sure.map((one, index) => ({ ...one, text: spelt[index] ?? one.text }));
  return {
    kind: 'table',
    pixels,
    structure,
    looks,
    texts,
    shapes: structure.cells.map((cell) => shapeOf(structure.scan.ink, structure.scan.capHeight, cell)),
    reader,
    ...(font && { font }),
  };
}

/** The texts with the letters that look as others do in the table's font; bold ones as others do in bold. */
async function respelt(
  { cells, scan }: Structure,
  looks: readonly CellLook[],
  texts: readonly string[],
  font: TableFont,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<string[]> {
  const better = new Map<number, string>();
  for (const bold of [false, true]) {
    const own = cells.map((cell, index) =>
      texts[index] !== '' && looks[index]?.bold === bold ? cell : { pieces: [] },
    );
    if (own.every(({ pieces }) => pieces.length === 0)) continue;
    const alphabet = await alphabetOf(font, { bold }, renderer, signal);
    for (const { cell, text } of lookAlikes({ ...scan, alphabet }, own, texts)) better.set(cell, text);
  }
  return texts.map((text, index) => better.get(index) ?? text);
}

/** Why what was found is no table. */
function doubtOf(structure: Structure | undefined): string | undefined {
  if (!structure) return 'no lines of text are found, or more lines than a table has';
  const { rows, columns, cells } = structure;
  const filled = cells.filter(({ pieces }) => pieces.length > 0).length;
  if (columns < 2) return 'its text stands in one column';
  if (rows < 2) return 'its text stands in one row';
  if (filled < 0.3 * cells.length) return 'most of what looks like its cells is empty';
  return undefined;
}

function unreadable(reason: string): UnreadableTable {
  return { kind: 'unreadable', reason };
}
