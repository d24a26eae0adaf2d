import type { Renderer } from '../../../core/render.ts';
import { wordsOf } from '../../../tools/table/covers.ts';
import { type Area, boundsOf } from '../../../tools/table/words.ts';
import { coverSpellings, type Spelt } from './cover-spellings.ts';
import type { DraftCell, TableDraft } from './draft.ts';
import type { Judged } from './judge.ts';
import { nearSpellings } from './near-spellings.ts';
import { marksOfColumn } from './numbers.ts';
import type { TableReading } from './read.ts';
import { styleOf } from './sheet.ts';
import { spellingsOf } from './spelling.ts';

/** A word that is covered so much less closely than usual may be another; a point or comma in a number shows less. */
const LOOSE = 0.05;
const LOOSE_MARK = 0.015;
/** Words are usually covered worse than this where their font is not drawn: then letters cannot be told by it. */
const OTHER_FONT = 0.3;
/** Another spelling must cover a word so much more closely to take its place, and more where the font is only like it. */
const CLEARLY = 0.03;
const ROUGHLY = 0.4;
/** And so much more where no reading has it, and where it has an accent, a sign or a digit that the other has not. */
const [UNREAD, OTHER_KIND] = [0.06, 0.05];
/** Words that are looked at, the worst first, and spellings of each: all roughly, the best of them closely. */
const [MOST_WORDS, MOST_SPELLINGS, BEST] = [24, 60, 4];
/** Where between two pixels a word may begin. */
const PHASES = [0, 0.25, 0.5, 0.75];

/**
 * Reads the words anew that do not cover the picture as closely as the others do: other readings of each, and what
 * differs from it by a letter, are drawn in the table's own font, and what covers the picture most closely stays.
 */
export async function proofread(
  reading: TableReading,
  judged: Judged,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<TableDraft> {
  const { draft, usual } = judged;
  if (usual.worst > OTHER_FONT) return draft;
  const { scan, enlarged } = reading.structure;
  const parts = { seen: scan, enlarged, usual, renderer, ...(signal && { signal }) };
  const doubted = await Promise.all(
    doubtedIn(reading, judged).map((one) => withSpellings(one, draft, reading)),
  );
  const roughly = await coverSpellings(doubted, [0], parts);
  const few = doubted.map((one, index) => ({
    ...one,
    spellings: bestOf(one.spellings, roughly[index] ?? []),
  }));
  const closely = await coverSpellings(few, PHASES, parts);
  const tokens = new Map<number, string[]>();
  few.forEach(({ index, at, tokens: own, read, spellings }, place) => {
    const [word = '', ...others] = spellings;
    const [now = Infinity, ...unfit] = closely[place] ?? [];
    const column = columnOf(draft, index);
    const needed = (text: string) =>
      marksOfColumn(text, word, column)
        ? 0
        : CLEARLY +
          ROUGHLY * Math.max(0, usual.worst) +
          (read.includes(text) ? 0 : UNREAD) +
          (kindsOf(text) === kindsOf(word) ? 0 : OTHER_KIND);
    const gains = others.map((text, other) => now - (unfit[other] ?? Infinity) - needed(text));
    const most = Math.max(0, ...gains);
    const text = others[gains.indexOf(most)];
    if (text === undefined || most <= 0) return;
    const changed = tokens.get(index) ?? [...own];
    changed[at] = text;
    tokens.set(index, changed);
  });
  if (tokens.size === 0) return draft;
  const texts = draft.cells.map(({ text }, index) => tokens.get(index)?.join(' ') ?? text);
  return {
    ...draft,
    cells: draft.cells.map((cell, index) => ({ ...cell, text: texts[index] ?? cell.text })),
  };
}

/** What the other cells of a cell's column say. */
function columnOf({ cells }: TableDraft, index: number): string[] {
  const column = cells[index]?.column;
  return cells.flatMap((cell, other) =>
    other !== index && cell.column === column && !cell.head ? [cell.text] : [],
  );
}

/** The word as it was read, and the spellings that cover it best. */
function bestOf([word = '', ...others]: readonly string[], [, ...unfit]: readonly number[]): string[] {
  const order = others.map((text, index) => ({ text, unfit: unfit[index] ?? Infinity }));
  order.sort((a, b) => a.unfit - b.unfit);
  return [word, ...order.slice(0, BEST).map(({ text }) => text)];
}

/** Letters, digits, accents and signs, each once. */
function kindsOf(text: string): string {
  const kinds = text.normalize('NFD').replace(/\p{L}/gu, 'a').replace(/\p{M}/gu, "'").replace(/\d/g, '0');
  return [...new Set(kinds)].sort().join('');
}

interface Doubted {
  readonly index: number;
  readonly cell: DraftCell;
  /** The words of the cell's text, and which of them is in doubt. */
  readonly tokens: readonly string[];
  readonly at: number;
  readonly area: Area;
  readonly misfit: number;
}

/** Words that do not cover the picture as they should; a text whose words part otherwise, as a whole. */
function doubtedIn({ structure }: TableReading, { draft, misfits }: Judged): Doubted[] {
  const found = structure.cells.flatMap((seen, index): Doubted[] => {
    const cell = draft.cells[index];
    const tokens = cell?.text.split(' ') ?? [];
    const words = wordsOf(seen);
    const own = misfits[index] ?? [];
    if (!cell || words.length === 0) return [];
    if (words.length !== tokens.length || own.length !== tokens.length) {
      const [misfit = 0] = own;
      const area = boundsOf(words);
      const whole = own.length === 1 && misfit > LOOSE;
      return whole ? [{ index, cell, tokens: [cell.text], at: 0, area, misfit }] : [];
    }
    return words.flatMap((area, at) => {
      const misfit = own[at] ?? 0;
      return misfit > (/\d[.,]\d/.test(tokens[at] ?? '') ? LOOSE_MARK : LOOSE)
        ? [{ index, cell, tokens, at, area, misfit }]
        : [];
    });
  });
  return found.sort((a, b) => b.misfit - a.misfit).slice(0, MOST_WORDS);
}

/** What the word may be, what it was read as first: as other readings have it, and what differs by a letter. */
async function withSpellings(
  doubted: Doubted,
  draft: TableDraft,
  { structure, reader }: TableReading,
): Promise<Doubted & Spelt & { readonly read: readonly string[] }> {
  const { index, at, tokens, cell: drafted } = doubted;
  const cell = structure.cells[index];
  const word = tokens[at] ?? '';
  const readings = cell
    ? await Promise.all(([0, 1, 2, 3] as const).map((way) => reader.read(cell, way)))
    : [];
  const read = readings.flatMap(({ text }) => {
    const parts = tokens.length === 1 ? [text] : text.split(' ');
    return parts.length === tokens.length ? [parts[at] ?? ''] : [];
  });
  const near = /\s/.test(word) ? [] : nearSpellings(word);
  const spellings = [...new Set([word, ...read, ...spellingsOf(word), ...near])].filter(
    (text) => text !== '',
  );
  return { ...doubted, read, spellings: spellings.slice(0, MOST_SPELLINGS), style: styleOf(drafted, draft) };
}
