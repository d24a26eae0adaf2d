import type { Piece } from './pieces.ts';

/** Lines of text at one height, across the columns. */
interface Level {
  readonly middle: number;
  readonly pieces: Piece[];
  readonly columns: Set<number>;
}

/** Pieces of one row; `middle` is the height of its fullest line. */
export interface TextRow {
  readonly middle: number;
  readonly pieces: readonly Piece[];
}

export interface TextRows {
  readonly rows: readonly TextRow[];
  /** Pieces that stand between two rows, because their cell spans both. */
  readonly between: readonly Piece[];
}

/** A line closer than this share of the usual row distance may continue the row before it. */
const TIGHT = 0.88;

/** Lines so many heights of capitals apart have the padding of two cells between them. */
export const PADDED = 2.3;

/**
 * Typical distance of two rows that fill most columns, by the lines of text alone; 0 where none follow each other.
 * Rulings tell rows apart in some tables: then only lines between the same two rulings count.
 */
export function rowDistance(bands: readonly (readonly Piece[])[]): number {
  const distances = bands.flatMap((pieces) => {
    const levels = levelsOf(pieces);
    const full = 0.75 * Math.max(0, ...levels.map(({ columns }) => columns.size));
    return levels.flatMap((level, index) => {
      const next = levels[index + 1];
      const both = next && level.columns.size >= full && next.columns.size >= full;
      // Heads halfway between two rows of heads make no row of their own.
      return both && [...level.columns].some((column) => next.columns.has(column))
        ? [next.middle - level.middle]
        : [];
    });
  });
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

/**
 * Tells rows from lines of text that wrapped: the lines that fill most columns make rows, and each other line
 * belongs to the nearest of them when it is closer than rows are and fills columns of it.
 * @param distance typical distance of rows, 0 where unknown
 */
export function textRows(pieces: readonly Piece[], capHeight: number, distance: number): TextRows {
  const { levels, between } = withoutBetween(levelsOf(pieces), capHeight, distance);
  const most = Math.max(0, ...levels.map(({ columns }) => columns.size));
  const tight = distance > 0 ? TIGHT * distance : 2 * capHeight;
  const anchors = levels.filter(
    (level, index) => isMajor(level, most) && !continues(level, levels, index, tight, capHeight),
  );
  const rows = new Map<Level, Piece[]>(anchors.map((anchor) => [anchor, [...anchor.pieces]]));
  const alone: Level[] = [];
  for (const level of levels) {
    if (rows.has(level)) continue;
    const anchor = nearest(anchors, level);
    if (anchor && reaches(level, anchor, levels, tight, capHeight)) rows.get(anchor)?.push(...level.pieces);
    else alone.push(level);
  }
  for (const level of alone.sort((a, b) => b.columns.size - a.columns.size)) {
    const beside = alone.find((other) => rows.has(other) && isBeside(level, other, capHeight));
    if (beside) rows.get(beside)?.push(...level.pieces);
    else rows.set(level, [...level.pieces]);
  }
  const inOrder = [...rows].map(([{ middle }, own]) => ({ middle, pieces: own }));
  return { rows: inOrder.sort((a, b) => a.middle - b.middle), between };
}

function levelsOf(pieces: readonly Piece[]): Level[] {
  const sorted = [...pieces].sort((a, b) => middleOf(a) - middleOf(b));
  const levels: { middle: number; pieces: Piece[]; columns: Set<number> }[] = [];
  for (const piece of sorted) {
    const last = levels.at(-1);
    const middle = middleOf(piece);
    const reach = 0.42 * Math.max(piece.bottom - piece.top, heightOf(last?.pieces ?? []));
    if (last && middle - last.middle < reach) {
      last.pieces.push(piece);
      last.middle = last.pieces.reduce((sum, one) => sum + middleOf(one), 0) / last.pieces.length;
    } else levels.push({ middle, pieces: [piece], columns: new Set() });
  }
  for (const level of levels) {
    for (const { first, last } of level.pieces) for (let c = first; c <= last; c++) level.columns.add(c);
  }
  return levels;
}

/** Takes out the lines that stand halfway between two fuller ones and fill none of their columns. */
function withoutBetween(
  levels: readonly Level[],
  capHeight: number,
  distance: number,
): { levels: Level[]; between: Piece[] } {
  const between: Piece[] = [];
  const lines = lineDistance(levels.flatMap((level) => level.pieces));
  const left = levels.filter((level, index) => {
    const [above, below] = [levels[index - 1], levels[index + 1]];
    if (!above || !below) return true;
    const [up, down] = [level.middle - above.middle, below.middle - level.middle];
    const roomless = up + down < (distance > 0 ? 1.3 * distance : 4.4 * capHeight);
    const fuller = Math.min(above.columns.size, below.columns.size) > level.columns.size;
    // Lines of one cell around a line of the others stand closer than rows do.
    const rowsApart =
      reachOver(above.pieces, below.pieces) ||
      up + down > Math.min(distance > 0 ? TIGHT * distance : Infinity, 1.3 * lines, PADDED * capHeight);
    const asFull = rowsApart && Math.max(above.columns.size, below.columns.size) >= level.columns.size;
    const apart = [...level.columns].every((c) => !above.columns.has(c) && !below.columns.has(c));
    if (!roomless || !(fuller || asFull) || !apart || Math.abs(up - down) > 0.3 * (up + down)) return true;
    between.push(...level.pieces);
    return false;
  });
  return { levels: left, between };
}

/** Whether text reaches over columns that the text below fills one by one: that is a head of them, no line of their cells. */
export function reachOver(above: readonly Piece[], below: readonly Piece[]): boolean {
  return above.some(
    (head) =>
      head.last > head.first &&
      below.filter(({ first, last }) => first >= head.first && last <= head.last).length > 1,
  );
}

function isMajor(level: Level, most: number): boolean {
  return level.columns.size >= most / 2;
}

/** A full line that only goes on with the one above or below: closer than rows are, and filling fewer of the same columns. */
function continues(
  level: Level,
  levels: readonly Level[],
  index: number,
  tight: number,
  capHeight: number,
): boolean {
  return [levels[index - 1], levels[index + 1]].some((other) => {
    if (!other) return false;
    const gap = Math.abs(other.middle - level.middle);
    if (gap > tight) return false;
    const within = [...level.columns].every((c) => other.columns.has(c));
    const fewer = level.columns.size < other.columns.size;
    return (
      (within && fewer) ||
      (gap < 1.25 * capHeight && level.columns.size <= other.columns.size && other.middle > level.middle)
    );
  });
}

/** No step on the way from a line to its row is wider than lines of one cell are apart. */
function reaches(
  level: Level,
  anchor: Level,
  levels: readonly Level[],
  tight: number,
  capHeight: number,
): boolean {
  const [from, to] = [levels.indexOf(level), levels.indexOf(anchor)];
  const way = levels.slice(Math.min(from, to), Math.max(from, to) + 1);
  const steps = way.slice(1).map((next, index) => next.middle - (way[index]?.middle ?? next.middle));
  const close = steps.every((step) => step <= tight && step < 2.4 * capHeight);
  const shared = [...level.columns].every((c) => way.some((one) => one !== level && one.columns.has(c)));
  const nested = Math.abs(anchor.middle - level.middle) < 1.25 * capHeight;
  const mirrored =
    way.length === 2 &&
    levels.some(
      (other) =>
        other !== level &&
        Math.abs(other.middle - anchor.middle + (level.middle - anchor.middle)) < 0.35 * capHeight &&
        [...level.columns].every((c) => other.columns.has(c)),
    );
  return close && (shared || nested || mirrored);
}

/** Lines of different cells that overlap in height: no row is so low. */
function isBeside(a: Level, b: Level, capHeight: number): boolean {
  return Math.abs(a.middle - b.middle) < capHeight && [...a.columns].every((c) => !b.columns.has(c));
}

function nearest(anchors: readonly Level[], { middle }: Level): Level | undefined {
  let best: Level | undefined;
  for (const anchor of anchors) {
    if (!best || Math.abs(anchor.middle - middle) < Math.abs(best.middle - middle)) best = anchor;
  }
  return best;
}

function middleOf({ top, bottom }: Piece): number {
  return (top + bottom) / 2;
}

function heightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((most, { top, bottom }) => Math.max(most, bottom - top), 0);
}

/** Least distance of two lines in one column: that of lines of one cell, where any cell has several. */
export function lineDistance(pieces: readonly Piece[]): number {
  const sorted = [...pieces].sort((a, b) => a.first - b.first || middleOf(a) - middleOf(b));
  return sorted.reduce((least, piece, index) => {
    const next = sorted[index + 1];
    const below = next !== undefined && next.top >= piece.bottom - 0.3 * (piece.bottom - piece.top);
    return below && next.first === piece.first ? Math.min(least, middleOf(next) - middleOf(piece)) : least;
  }, Infinity);
}
