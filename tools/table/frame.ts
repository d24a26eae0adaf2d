import { type Cut, coverage } from './lines.ts';
import { linesOf } from './pieces.ts';
import { boundsOf, type Word } from './words.ts';

export interface Framed {
  readonly inside: readonly Word[];
  /** Captions, footnotes and whatever else stands around the table. */
  readonly outside: readonly Word[];
}

/**
 * Tells the table's words from those around it: above the first and below the last long line, only lines of
 * words that are parted into columns, or underlined, belong to it, without a break.
 */
export function framed(words: readonly Word[], levels: readonly Cut[], space: number): Framed {
  const longest = Math.max(0, ...levels.map(lengthOf));
  const long = levels.filter((level) => lengthOf(level) > 0.8 * longest);
  const [first, last] = [long[0], long.at(-1)];
  if (!first || !last || last.at - first.at < 4 * space) return { inside: words, outside: [] };
  const from = Math.min(...long.flatMap(({ stretches }) => stretches.map((stretch) => stretch.from)));
  const to = Math.max(...long.flatMap(({ stretches }) => stretches.map((stretch) => stretch.to)));
  const inside: Word[] = [];
  const above: Word[] = [];
  const below: Word[] = [];
  const outside: Word[] = [];
  for (const word of words) {
    const [x, y] = [(word.left + word.right) / 2, (word.top + word.bottom) / 2];
    if (x < from - 2 || x > to + 2) outside.push(word);
    else if (y < first.at) above.push(word);
    else if (y > last.at) below.push(word);
    else inside.push(word);
  }
  const belongs = (line: readonly Word[]) => isParted(line, space) || isUnderlined(line, levels, space);
  const near = (lines: Word[][]): Framed => {
    // One or two lines that wrapped within a cell may stand between lines that are parted, or after the last.
    const stop = lines.findIndex(
      (line, index) =>
        !lines.slice(index, index + 3).some(belongs) && !isClose(line, lines[index - 1], to - from),
    );
    const end = stop < 0 ? lines.length : stop;
    return { inside: lines.slice(0, end).flat(), outside: lines.slice(end).flat() };
  };
  const byHeight = (lines: Word[][]) => lines.sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0));
  const sides = [near(byHeight(linesOf(above)).reverse()), near(byHeight(linesOf(below)))];
  return {
    inside: [...inside, ...sides.flatMap((side) => side.inside)],
    outside: [...outside, ...sides.flatMap((side) => side.outside)],
  };
}

/** A short line that stands right under another goes on with a cell of it. */
function isClose(line: readonly Word[], before: readonly Word[] | undefined, wide: number): boolean {
  if (!before) return false;
  const [a, b] = [boundsOf(before), boundsOf(line)];
  return b.top - a.bottom < 0.6 * (b.bottom - b.top) && b.top >= a.top && b.right - b.left < 0.5 * wide;
}

function isParted(line: readonly Word[], space: number): boolean {
  return line.some((word, index) => {
    const next = line[index + 1];
    return next !== undefined && next.left - word.right > 2.5 * space;
  });
}

/** A line runs close under the words, as under a head of several columns. */
function isUnderlined(line: readonly Word[], levels: readonly Cut[], space: number): boolean {
  const { left, right, bottom } = boundsOf(line);
  return levels.some(
    (level) =>
      level.at > bottom - space &&
      level.at < bottom + 4 * space &&
      coverage(level, { from: left, to: right }) > 0.8,
  );
}

function lengthOf({ stretches }: Cut): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}
