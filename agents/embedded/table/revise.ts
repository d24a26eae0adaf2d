import type { Renderer } from '../../../core/render.ts';
import { unlikeness } from '../../../tools/table/likeness.ts';
import type { StructureCell } from '../../../tools/table/structure.ts';
import type { TableDraft } from './draft.ts';
import { columnWise } from './numbers.ts';
import type { TableReading } from './read.ts';
import { drawnTexts, styleOf } from './sheet.ts';
import { spellingsOf } from './spelling.ts';

/** Cells that one round works on. */
const MOST_CELLS = 24;
/** A text must look this much more alike than the one before to take its place. */
const CLEARLY = 0.02;

/**
 * Reads the flagged cells anew: at other scales, with nothing but numbers, in other spellings. All of these are
 * drawn side by side, and the text that looks most like the picture stays.
 */
export async function revise(
  { structure, shapes, reader }: TableReading,
  draft: TableDraft,
  flagged: readonly number[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<TableDraft> {
  const candidates = await Promise.all(
    flagged.slice(0, MOST_CELLS).flatMap((index) => {
      const [cell, drafted] = [structure.cells[index], draft.cells[index]];
      return cell && drafted
        ? [textsFor(cell, drafted.text, reader).then((texts) => ({ index, drafted, texts }))]
        : [];
    }),
  );
  const doubted = candidates.filter(({ texts }) => texts.length > 1);
  if (doubted.length === 0) return draft;
  const rows = doubted.map(({ texts, drafted }) =>
    texts.map((text) => ({ text, style: styleOf(drafted, draft) })),
  );
  const sheet = await drawnTexts(rows, renderer, signal);
  const chosen = new Map<number, string>();
  doubted.forEach(({ index, texts }, row) => {
    const unlike = texts.map((_, column) => {
      const drawn = sheet[row]?.[column];
      return drawn ? unlikeness(shapes[index] ?? [], drawn.shape) : 1;
    });
    const [current = 1] = unlike;
    const best = unlike.reduce((least, one, column) => (one < (unlike[least] ?? 1) ? column : least), 0);
    const text = texts[best];
    if (text !== undefined && (unlike[best] ?? 1) < current - CLEARLY) chosen.set(index, text);
  });
  if (chosen.size === 0) return draft;
  const read = draft.cells.map(({ text }, index) => chosen.get(index) ?? text);
  const texts = columnWise(draft.cells, read);
  return {
    ...draft,
    cells: draft.cells.map((cell, index) => ({ ...cell, text: texts[index] ?? cell.text })),
  };
}

/** What a cell may say, what it says now first. */
async function textsFor(
  cell: StructureCell,
  current: string,
  reader: TableReading['reader'],
): Promise<string[]> {
  const read = await Promise.all(([0, 1, 2, 3] as const).map((way) => reader.read(cell, way)));
  const texts = [current, ...read.map(({ text }) => text), ...spellingsOf(current)];
  return [...new Set(texts)].filter(
    (text, index) => index === 0 || (text !== '' && withoutMarks(text) !== withoutMarks(current)),
  );
}

/** Looks cannot tell a comma from a point; the numbers of the column can, and have. */
function withoutMarks(text: string): string {
  return text.replace(/[.,]/g, '.');
}
