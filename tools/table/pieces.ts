import type { Ruling } from './rulings.ts';
import { type Area, boundsOf, isWalled, type Lettering, type Word } from './words.ts';

/** Words of one line in one cell. Columns are counted from 0, both ends included. */
export interface Piece extends Area {
  readonly first: number;
  readonly last: number;
  readonly words: readonly Word[];
}

export type Spacing = Pick<Lettering, 'space' | 'columnGap'>;

/**
 * Cuts lines of words at the places where columns part. A word that reaches across a place, and a phrase whose
 * words stand closer there than words of different cells do, belongs to all columns that it reaches.
 */
export function piecesOf(
  words: readonly Word[],
  places: readonly number[],
  { space, columnGap }: Spacing,
  walls: readonly Ruling[],
): Piece[] {
  const pieces: Piece[] = [];
  const lines = linesOf(words);
  const roomy = places.map((x) => roomAt(lines, x) > 0.95 * columnGap);
  for (const line of lines) {
    let open: Word[] = [];
    const close = () => {
      if (open.length === 0) return;
      const area = boundsOf(open);
      pieces.push({ ...area, ...columnsOf(area, places), words: open });
      open = [];
    };
    for (const word of line) {
      const before = open.at(-1);
      if (before) {
        const cut = places.findIndex((x) => x >= before.right - 1 && x <= word.left + 1);
        const gap = word.from - before.to;
        if (cut >= 0 && (gap > (space + columnGap) / 2 || !roomy[cut] || isWalled(before, word, walls)))
          close();
      }
      open.push(word);
    }
    close();
  }
  return pieces;
}

/** Words in lines: of those at about one height, from left to right. */
export function linesOf<T extends Area>(words: readonly T[]): T[][] {
  const lines: { middle: number; words: T[] }[] = [];
  const tall = (word: T) => word.bottom - word.top;
  for (const word of [...words].sort((a, b) => tall(b) - tall(a))) {
    const middle = (word.top + word.bottom) / 2;
    const away = (line: { middle: number }) => Math.abs(line.middle - middle);
    const [nearest] = [...lines].sort((a, b) => away(a) - away(b));
    if (nearest && away(nearest) < 0.42 * Math.max(tall(word), tall(nearest.words[0] ?? word)))
      nearest.words.push(word);
    else lines.push({ middle, words: [word] });
  }
  return lines.map((line) => line.words.sort((a, b) => a.left - b.left));
}

/** Bare ground around a place in the line that is closest there; lines that reach across are left out. */
function roomAt(lines: readonly (readonly Word[])[], x: number): number {
  const rooms = lines.flatMap((line) => {
    const left = line.findLast((word) => word.right <= x + 1);
    const right = line.find((word) => word.left >= x - 1);
    return left && right && !line.some((word) => word.left < x - 1 && word.right > x + 1)
      ? [right.from - left.to]
      : [];
  });
  rooms.sort((a, b) => a - b);
  return rooms[Math.floor(rooms.length / 4)] ?? 0;
}

function columnsOf({ left, right }: Area, places: readonly number[]): { first: number; last: number } {
  const first = places.filter((x) => x <= left + 1).length;
  const last = places.filter((x) => x < right - 1).length;
  return { first, last: Math.max(first, last) };
}
