import { columnGaps } from './columns.ts';
import { framed } from './frame.ts';
import { type Cut, coverage, cutsOf } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';
import {
  lineDistance,
  PADDED,
  reachOver,
  rowDistance,
  type TextRow,
  type TextRows,
  textRows,
} from './rows.ts';
import type { Scan } from './scan.ts';
import { type Area, boundsOf, type Word } from './words.ts';

export interface LayoutRow {
  readonly top: number;
  readonly bottom: number;
  /** Height of its fullest line of text. */
  readonly middle: number;
  /** The ruling that bounds it above. */
  readonly cut?: Cut;
}

/** Text with the rows and columns that it reaches over, both ends included. */
export interface Placed {
  readonly piece: Piece;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Rows and columns of a table, before cells are joined. */
export interface Layout {
  readonly rows: readonly LayoutRow[];
  /** Boundaries of columns in pixels, one more than there are columns. */
  readonly edges: readonly number[];
  /** The ruling at each inner boundary of columns, where there is one. */
  readonly walls: readonly (Cut | undefined)[];
  readonly placed: readonly Placed[];
  /** Rulings part both rows and columns, so that a missing one tells of a joined cell. */
  readonly lattice: boolean;
  /** Rulings part every row from the next. */
  readonly ruledRows: boolean;
  readonly capHeight: number;
  readonly space: number;
  /** Words that stand outside the table. */
  readonly outside: readonly Word[];
}

/** Finds rows and columns; undefined where there is no text. */
export function layoutOf({ rulings, words, capHeight, space, columnGap }: Scan): Layout | undefined {
  const reach = Math.max(3, 0.35 * capHeight);
  const levels = cutsOf(
    rulings.filter(({ axis }) => axis === 'horizontal'),
    reach,
  );
  const uprights = cutsOf(
    rulings.filter(({ axis }) => axis === 'vertical'),
    reach,
  );
  const { inside, outside } = framed(words, levels, space);
  if (inside.length === 0) return undefined;
  const text = boundsOf(inside);
  const walls = uprights.filter(({ at }) => at > text.left + 1 && at < text.right - 1);
  const gaps = columnGaps(
    inside,
    columnGap,
    walls.map(({ at }) => at),
  );
  const places = [
    ...walls.map((wall) => ({ x: wall.at, wall })),
    ...gaps.map((x) => ({ x, wall: undefined })),
  ];
  places.sort((a, b) => a.x - b.x);
  const pieces = piecesOf(
    inside,
    places.map(({ x }) => x),
    { space, columnGap },
    rulings.filter(({ axis }) => axis === 'vertical'),
  );
  const edges = [
    outer(uprights, levels, text, 'left'),
    ...places.map(({ x }) => x),
    outer(uprights, levels, text, 'right'),
  ];
  const bands = bandsOf(
    pieces,
    levels,
    text,
    (top, bottom) =>
      walls.some((wall) => coverage(wall, { from: top, to: bottom }) > 0.8) && bottom - top > 1.3 * capHeight,
  );
  const filled = bands.filter((band) => band.pieces.length > 0);
  const distance = rowDistance(filled.map((band) => band.pieces));
  const split = bands.map((band) => textRows(band.pieces, capHeight, distance));
  const single = split.filter(({ rows }) => rows.length === 1).length;
  const stacked = split.some(({ rows }) => rows.filter((row) => fills(row) > 0.7 * places.length).length > 2);
  const ruledRows = filled.length >= 3 && single >= 0.6 * filled.length && !stacked;
  const { rows, placed } = stack(
    bands,
    ruledRows
      ? split.map((rows, index) =>
          index === 0 && isHead(rows, capHeight)
            ? rows
            : asOne(rows, places.length, ruledDistance(split, bands)),
        )
      : split,
    capHeight,
  );
  const crossing = pieces.flatMap((piece) => crossed(piece, rows));
  const lattice = ruledRows && walls.length > 0 && walls.length >= 0.5 * places.length;
  return {
    rows,
    edges,
    walls: places.map(({ wall }) => wall),
    placed: [...placed, ...crossing],
    lattice,
    ruledRows,
    capHeight,
    space,
    outside,
  };
}

/** Usual height of a band that holds one row. */
function ruledDistance(split: readonly TextRows[], bands: readonly Band[]): number {
  const heights = bands.flatMap(({ top, bottom }, index) =>
    split[index]?.rows.length === 1 ? [bottom - top] : [],
  );
  heights.sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? Infinity;
}

/**
 * Two rows of heads with heads of both rows halfway between them: further apart than the lines of one cell, or a head
 * above that reaches over several below.
 */
function isHead({ rows, between }: TextRows, capHeight: number): boolean {
  const [one, two] = rows;
  return (
    rows.length === 2 &&
    one !== undefined &&
    two !== undefined &&
    between.length > 0 &&
    fills(one) <= fills(two) &&
    (two.middle - one.middle > PADDED * capHeight || reachOver(one.pieces, two.pieces))
  );
}

/** Number of columns that a row holds text in. */
function fills({ pieces }: TextRow): number {
  return new Set(pieces.flatMap(({ first, last }) => [first, last])).size;
}

interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly cut?: Cut;
  readonly pieces: readonly Piece[];
}

/** Stretches between rulings with the text in each; text across a ruling is in none. */
function bandsOf(
  pieces: readonly Piece[],
  levels: readonly Cut[],
  text: Area,
  isCell: (top: number, bottom: number) => boolean,
): Band[] {
  const inner = levels.filter(({ at }) => at > text.top && at < text.bottom);
  const first = levels.findLast(({ at }) => at <= text.top);
  const last = levels.find(({ at }) => at >= text.bottom);
  const tops = [first?.at ?? text.top - 2, ...inner.map(({ at }) => at)];
  return tops.flatMap((top, index) => {
    const bottom = inner[index]?.at ?? last?.at ?? text.bottom + 2;
    const cut = index === 0 ? first : inner[index - 1];
    const own = pieces.filter((piece) => {
      const middle = (piece.top + piece.bottom) / 2;
      return middle >= top && middle < bottom && !levels.some((level) => crosses(piece, level.at));
    });
    if (own.length === 0 && !isCell(top, bottom)) return [];
    return [{ top, bottom, ...(cut && { cut }), pieces: own }];
  });
}

function crosses({ top, bottom }: Area, at: number): boolean {
  const part = 0.25 * (bottom - top);
  return at > top + part && at < bottom - part;
}

/** Text that stands on the boundary of two rows belongs to both. */
function crossed(piece: Piece, rows: readonly LayoutRow[]): Placed[] {
  const at = rows.findIndex(({ cut }, index) => index > 0 && cut !== undefined && crosses(piece, cut.at));
  return at < 0 ? [] : [{ piece, firstRow: at - 1, lastRow: at }];
}

/**
 * The text between two rulings as one row; but two full rows as far apart as ruled ones are two, whose ruling
 * was too faint to see.
 */
function asOne({ rows, between }: TextRows, places: number, distance: number): TextRows {
  if (rows.length <= 1) return { rows, between };
  const [one, two] = rows;
  const apart = one && two ? two.middle - one.middle : 0;
  if (rows.length === 2 && rows.every((row) => fills(row) > 0.7 * places) && apart > 0.93 * distance)
    return { rows, between };
  const pieces = [...rows.flatMap((row) => row.pieces), ...between];
  const { top, bottom } = boundsOf(pieces);
  return { rows: [{ middle: (top + bottom) / 2, pieces }], between: [] };
}

/** Lays the rows of all bands under each other. */
function stack(
  bands: readonly Band[],
  split: readonly TextRows[],
  capHeight: number,
): { rows: LayoutRow[]; placed: Placed[] } {
  const rows: LayoutRow[] = [];
  const placed: Placed[] = [];
  bands.forEach((band, index) => {
    const own = split[index]?.rows ?? [];
    const base = rows.length;
    const extents = own.map(({ pieces }) => boundsOf(pieces));
    const tops = own.map((_, row) =>
      row === 0 ? band.top : ((extents[row - 1]?.bottom ?? 0) + (extents[row]?.top ?? 0)) / 2,
    );
    own.forEach(({ middle, pieces }, row) => {
      const bottom = tops[row + 1] ?? band.bottom;
      const cut = row === 0 ? band.cut : undefined;
      rows.push({ top: tops[row] ?? band.top, bottom, middle, ...(cut && { cut }) });
      for (const piece of pieces) placed.push({ piece, firstRow: base + row, lastRow: base + row });
    });
    if (own.length === 0) {
      rows.push({
        top: band.top,
        bottom: band.bottom,
        middle: (band.top + band.bottom) / 2,
        ...(band.cut && { cut: band.cut }),
      });
    }
    for (const piece of split[index]?.between ?? []) {
      const middle = (piece.top + piece.bottom) / 2;
      const below = own.findIndex((row) => row.middle > middle);
      placed.push({ piece, firstRow: base + below - 1, lastRow: base + below });
    }
    joinLoose(placed, rows, base, capHeight);
  });
  return { rows, placed };
}

/**
 * Text that stands at no line of its row but close under text of the row above goes on with that: its cell
 * spans both rows.
 */
function joinLoose(placed: Placed[], rows: readonly LayoutRow[], base: number, capHeight: number): void {
  const distance = lineDistance(placed.map(({ piece }) => piece));
  placed.forEach((one, index) => {
    const row = rows[one.firstRow];
    const above = rows[one.firstRow - 1];
    if (one.firstRow <= base || one.firstRow !== one.lastRow || !row || !above) return;
    const middle = (one.piece.top + one.piece.bottom) / 2;
    if (Math.abs(middle - row.middle) < 0.4 * capHeight) return;
    const before = placed.find(
      ({ piece, lastRow }) =>
        lastRow === one.firstRow - 1 &&
        piece.first <= one.piece.last &&
        piece.last >= one.piece.first &&
        middle - (piece.top + piece.bottom) / 2 <= 1.1 * distance,
    );
    if (before) placed[index] = { ...one, firstRow: one.firstRow - 1 };
  });
}

/** The table's side: an outer frame, else the end of its longest line, else of its text. */
function outer(uprights: readonly Cut[], levels: readonly Cut[], text: Area, side: 'left' | 'right'): number {
  const ends = levels.flatMap(({ stretches }) =>
    stretches.map(({ from, to }) => (side === 'left' ? from : to)),
  );
  if (side === 'left') {
    const frame = uprights.findLast(({ at }) => at <= text.left + 1)?.at;
    return frame ?? Math.min(text.left - 2, ...ends);
  }
  const frame = uprights.find(({ at }) => at >= text.right - 1)?.at;
  return frame ?? Math.max(text.right + 2, ...ends);
}
