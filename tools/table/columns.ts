import { linesOf } from './pieces.ts';
import type { Word } from './words.ts';

/** Bare ground between two words that stand side by side. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * Where columns part, from left to right, where no ruling tells: the fewest places that every wide gap
 * between neighbouring words holds one of, those in most gaps first. Words that reach across a place found so
 * are heads of several columns.
 * @param columnGap least gap that parts columns rather than words, in pixels
 * @param known places that are parted already, by rulings
 */
export function columnGaps(words: readonly Word[], columnGap: number, known: readonly number[]): number[] {
  const neighbours = gapsOf(words);
  let open = neighbours.filter(
    ({ from, to }) =>
      to - from >= columnGap && !known.some((x) => x > from - columnGap / 2 && x < to + columnGap / 2),
  );
  const places: number[] = [];
  while (open.length > 0) {
    const { from, to, depth } = deepest(open);
    const x = clearest(from, to, words);
    if (depth < 2 && !isLane(x, words, columnGap)) {
      open = open.filter((gap) => gap.from > from || gap.to < to);
      continue;
    }
    places.push(x);
    open = open.filter((gap) => x < gap.from || x > gap.to);
  }
  return places.sort((a, b) => a - b);
}

/** The middle of the widest part of a stretch that no word reaches into; of the stretch where words cross it. */
function clearest(from: number, to: number, words: readonly Word[]): number {
  const within = words.filter(({ left, right }) => right > from && left < to).sort((a, b) => a.left - b.left);
  let best = { from, to: from };
  let start = from;
  for (const { left, right } of [...within, { left: to, right: to }]) {
    if (left - start > best.to - best.from) best = { from: start, to: left };
    start = Math.max(start, right);
  }
  return best.to > best.from ? (best.from + best.to) / 2 : (from + to) / 2;
}

/**
 * A gap in one line alone is a column where no word of any line comes near, but several lines stand close on either
 * side: cells over two rows each stand beside none of the cells next to them.
 */
function isLane(x: number, words: readonly Word[], columnGap: number): boolean {
  const before = words.filter(({ from, to }) => (from + to) / 2 < x);
  const after = words.filter((word) => !before.includes(word));
  const [left, right] = [Math.max(...before.map(({ to }) => to)), Math.min(...after.map(({ from }) => from))];
  return right - left >= columnGap && [before, after].every((side) => linesOf(side).length >= 2);
}

/** A line this share of its height above or below still counts as beside: cells of two lines stand so beside cells of one. */
const BESIDE = 0.3;

/** From each word to the nearest word that stands right of it, where nothing stands between them. */
function gapsOf(words: readonly Word[]): Gap[] {
  const sorted = [...words].sort((a, b) => a.left - b.left);
  return sorted.flatMap((word, index) => {
    const slack = BESIDE * (word.bottom - word.top);
    const next = sorted
      .slice(index + 1)
      .find(
        ({ left, top, bottom }) =>
          left >= word.right && top < word.bottom + slack && bottom > word.top - slack,
      );
    if (!next) return [];
    const [top, bottom] = [Math.min(word.top, next.top), Math.max(word.bottom, next.bottom)];
    const between = words.some(
      (other) =>
        other.right > word.right &&
        other.left < next.left &&
        other.bottom > top &&
        other.top < bottom &&
        other !== word &&
        other !== next,
    );
    return between ? [] : [{ from: word.to, to: next.from }];
  });
}

/** The stretch that most gaps share; of equals the widest. */
function deepest(gaps: readonly Gap[]): Gap & { depth: number } {
  const ends = gaps
    .flatMap(({ from, to }) => [
      { x: from, step: 1 },
      { x: to, step: -1 },
    ])
    .sort((a, b) => a.x - b.x || b.step - a.step);
  let depth = 0;
  let best = { from: 0, to: 0, depth: 0 };
  for (const [index, { x, step }] of ends.entries()) {
    depth += step;
    const to = ends[index + 1]?.x ?? x;
    if (depth > best.depth || (depth === best.depth && to - x > best.to - best.from)) {
      best = { from: x, to, depth };
    }
  }
  return best;
}
