import type { Renderer } from '../../../core/render.ts';
import { coverOf } from '../../../tools/table/cover.ts';
import { linesOf } from '../../../tools/table/pieces.ts';
import type { Structure, StructureCell } from '../../../tools/table/structure.ts';
import { boundsOf, type Word } from '../../../tools/table/words.ts';
import type { TableFont } from './draft.ts';
import { drawnSheet } from './sheet.ts';

/** Families that most pictures of tables come near to, with the height of their capitals in ems. */
const families: readonly { readonly css: string; readonly capital: number }[] = [
  { css: 'Arial, sans-serif', capital: 0.688 },
  { css: "'Liberation Sans Narrow', 'Arial Narrow', sans-serif", capital: 0.688 },
  { css: "'DejaVu Sans', sans-serif", capital: 0.729 },
  { css: "'Times New Roman', serif", capital: 0.654 },
  { css: "'DejaVu Serif', serif", capital: 0.729 },
  { css: "'Courier New', monospace", capital: 0.66 },
];
/** Words that are compared, and how long they are. */
const WORDS = 10;
const [SHORTEST, LONGEST] = [3, 24];
/** Height of the capitals to compare at, in pixels. */
const CAPITAL = 16;
/** What a word counts that is wider or narrower than the others by a certain share: in the right family all are alike. */
const UNEVEN = 4;

/**
 * The family whose letters look most like those of the table's body, and their size: some of its words are
 * drawn in each family, side by side. Undefined where too few stand on single lines.
 */
export async function fontOf(
  structure: Structure,
  texts: readonly string[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<TableFont | undefined> {
  const { cells, scan } = structure;
  const all = cells.flatMap((cell, index) => wordsOf(cell, texts[index] ?? ''));
  const body = all.filter(({ head }) => !head);
  const different = new Map((body.length >= WORDS ? body : all).map((one) => [one.text, one]));
  // Letters tell families apart better than digits, and long texts better than short ones.
  const chosen = [...different.values()]
    .sort((a, b) => tells(b.text) - tells(a.text) || (a.text < b.text ? -1 : 1))
    .slice(0, WORDS);
  if (chosen.length < 2) return undefined;
  const rows = chosen.map(({ text }) =>
    families.map(({ css, capital }) => ({ text, style: `font:${(CAPITAL / capital).toFixed(1)}px ${css}` })),
  );
  const sheet = await drawnSheet(rows, renderer, signal);
  if (!sheet) return undefined;
  const drawnCapital = CAPITAL * sheet.enlarged;
  const fits = families.map(({ css, capital }, column) => {
    const covers = chosen.flatMap(({ word }, row) => {
      const drawn = sheet.words[row]?.[column] ?? [];
      const seen = { ink: scan.ink, area: word, capHeight: scan.capHeight };
      const other = { ink: sheet.scan.ink, area: boundsOf(drawn), capHeight: drawnCapital };
      return drawn.length > 0 ? [coverOf(seen, other)] : [];
    });
    const stretch = medianOf(covers.map(({ ratio }) => ratio));
    const cost = meanOf(covers.map(({ ratio, worst }) => worst + Math.abs(ratio - stretch) * UNEVEN));
    const em = (Math.exp(stretch) * scan.capHeight) / capital;
    // The size that widths tell should be that of the capitals: narrow letters are no small ones.
    return { css, cost: covers.length === 0 ? Infinity : cost + 0.5 * Math.abs(stretch), em };
  });
  const { css, em, cost } = fits.reduce((best, one) => (one.cost < best.cost ? one : best));
  return cost === Infinity ? undefined : { css, em };
}

function tells(text: string): number {
  return text.length + 2 * (text.match(/\p{L}/gu)?.length ?? 0);
}

interface ReadWord {
  readonly text: string;
  readonly word: Word;
  readonly head: boolean;
}

/** Words of one line that were read one by one. */
function wordsOf({ pieces, head }: StructureCell, text: string): ReadWord[] {
  const words = linesOf(pieces).length === 1 ? pieces.flatMap((piece) => piece.words) : [];
  const read = text.split(' ');
  if (words.length !== read.length) return [];
  return words.flatMap((word, index) => {
    const text = read[index] ?? '';
    return text.length >= SHORTEST && text.length <= LONGEST ? [{ text, word, head }] : [];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
