import { componentsOf } from '../image/components.ts';
import type { ReadSymbol, TextImage } from '../ocr/reading.ts';
import type { Area } from './words.ts';

/** Ink is darker than this. */
const DARK = 140;

/**
 * Mends what the language data cannot spell: their alphabet holds no ±, ≤, ≥ and –, and of accented letters
 * only é. Each is told from the character that is read in its place by what else is inked there.
 * @param blanks whether a blank stands before each character
 * @param capHeight height of a capital in the picture, in pixels
 */
export function mendGlyphs(
  image: TextImage,
  symbols: readonly ReadSymbol[],
  blanks: readonly boolean[],
  capHeight: number,
): string[] {
  const mask = image.data.map((level) => (level < DARK ? 1 : 0));
  const parts = componentsOf(mask, image).components;
  const marks = accentsOf(parts, capHeight).map((accent) => ({
    ...accent,
    on: nearestVowel(accent.base, symbols),
  }));
  return symbols.map((symbol, index) => {
    const { text } = symbol;
    const [before, after] = [symbols[index - 1], symbols[index + 1]];
    const isAlone = (blanks[index] && blanks[index + 1]) || (isDigit(before) && isDigit(after));
    // The lower bar of ± is read once more, as a dash that stands left of what was read before it.
    if (/^[-_—.]$/.test(text) && before && centre(symbol) < before.left) return '';
    const accent = marks.find(({ on }) => on === symbol);
    if (accent) return `${plain(text)}${accent.sign}`.normalize('NFC');
    const own = parts.filter((part) => centre(part) >= symbol.left - 1 && centre(part) <= symbol.right + 1);
    const bars = barsOf(image, symbol, own);
    if (bars.foot && (text === '+' || (bars.middle && /[t4f=]/.test(text) && isAlone))) return '±';
    if (bars.foot && (text === '<' || text === '>')) return text === '<' ? '≤' : '≥';
    return text === '-' || text === '—'
      ? dashOf(symbol, isDigit(before) && isDigit(after), own, capHeight)
      : text;
  });
}

function isDigit(symbol: ReadSymbol | undefined): boolean {
  return /^\d$/.test(symbol?.text ?? '');
}

function centre({ left, right }: Area): number {
  return (left + right) / 2;
}

/** Whether strokes as wide as the sign lie at its foot, parted from the rest, and at its middle. */
function barsOf(
  image: TextImage,
  symbol: ReadSymbol,
  own: readonly Area[],
): { readonly foot: boolean; readonly middle: boolean } {
  if (own.length === 0) return { foot: false, middle: false };
  const left = Math.max(symbol.left, Math.min(...own.map((part) => part.left)));
  const right = Math.min(symbol.right, Math.max(...own.map((part) => part.right)));
  const top = Math.min(...own.map((part) => part.top));
  const bottom = Math.max(...own.map((part) => part.bottom));
  const rows = Array.from({ length: bottom - top }, (_, row) => {
    let dark = 0;
    for (let x = left; x < right; x++) if ((image.data[(top + row) * image.width + x] ?? 255) < DARK) dark++;
    return dark / Math.max(1, right - left);
  });
  const last = rows.findLastIndex((share) => share > 0.7);
  const half = Math.floor(rows.length / 2);
  const parted = rows.slice(half, Math.max(half, last)).some((share) => share < 0.5);
  const middle = rows
    .slice(Math.floor(rows.length / 4), Math.ceil(0.65 * rows.length))
    .some((share) => share > 0.85);
  return { foot: last >= 0.8 * rows.length && parted, middle };
}

/** A hyphen is a third of an em wide, a dash between numbers half an em, a long dash a whole one. */
function dashOf({ text }: ReadSymbol, between: boolean, own: readonly Area[], capHeight: number): string {
  const flat = own.filter((part) => part.bottom - part.top < 0.3 * capHeight);
  const width = Math.max(0, ...flat.map((part) => part.right - part.left));
  if (width === 0) return text;
  if (width > 1.05 * capHeight) return '—';
  return width > 0.58 * capHeight && between ? '–' : '-';
}

interface Accent {
  /** The letter that it stands on. */
  readonly base: Area;
  /** As a combining character. */
  readonly sign: string;
}

/** Marks above letters; the dots of i and j, which stand on a stem, are none. */
function accentsOf(parts: readonly Area[], capHeight: number): Accent[] {
  const small = (part: Area) =>
    part.bottom - part.top < 0.45 * capHeight && part.right - part.left < 0.9 * capHeight;
  const found = new Map<Area, Area[]>();
  for (const mark of parts) {
    if (!small(mark) || size(mark) < 0.006 * capHeight * capHeight) continue;
    const base = parts
      .filter(
        (part) =>
          part.top >= mark.bottom - 2 &&
          part.top < mark.bottom + 0.4 * capHeight &&
          part.bottom - part.top > 0.5 * capHeight,
      )
      .find((part) => centre(mark) > part.left && centre(mark) < part.right);
    if (base && base.right - base.left > 0.42 * capHeight)
      found.set(base, [...(found.get(base) ?? []), mark]);
  }
  return [...found].map(([base, marks]) => ({ base, sign: signOf(marks) }));
}

/** Two dots are a diaeresis, a flat mark is a tilde, any other an acute accent: the commonest of each shape. */
function signOf([mark, ...others]: readonly Area[]): string {
  if (!mark || others.length > 0) return '\u0308';
  return mark.right - mark.left > 1.5 * (mark.bottom - mark.top) ? '\u0303' : '\u0301';
}

/** The character nearest to a letter among those that may carry a mark; none where an i or j is as near. */
function nearestVowel(base: Area, symbols: readonly ReadSymbol[]): ReadSymbol | undefined {
  const away = (symbol: ReadSymbol) => Math.abs(centre(symbol) - centre(base));
  const near = symbols
    .filter((symbol) => away(symbol) < 1.2 * (base.right - base.left))
    .sort((a, b) => away(a) - away(b));
  if (near.slice(0, 2).some(({ text }) => /^[ij:;!?]$/.test(text))) return undefined;
  const best = near.find(({ text }) => /^[aeounyéAEOUNY06]$/.test(text));
  const digits = symbols.filter(isDigit).length;
  return best && isDigit(best) && digits > symbols.length / 2 ? undefined : best;
}

/** The letter without the mark that the reader saw, or took for another character. */
function plain(text: string): string {
  if (text === '0' || text === '6') return 'o';
  return text.normalize('NFD').slice(0, 1);
}

function size({ left, top, right, bottom }: Area): number {
  return (right - left) * (bottom - top);
}
