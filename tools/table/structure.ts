import type { Pixels } from '../image/pixels.ts';
import { enlarged } from './enlarge.ts';
import { joinGroups, joinSections } from './groups.ts';
import { headRowsOf, joinHeads } from './head.ts';
import { type Layout, layoutOf, type Placed } from './layout.ts';
import { linesOf, type Piece } from './pieces.ts';
import { type Scan, scanOf } from './scan.ts';
import { type Span, type Spans, spansOf } from './spans.ts';
import { strokeOf } from './stroke.ts';
import { joinOpen } from './walls.ts';
import type { Area } from './words.ts';

export interface StructureCell extends Span {
  readonly head: boolean;
  /** From ruling to ruling, in pixels. */
  readonly area: Area;
  /** Its lines of text, from the top; empty for an empty cell. */
  readonly pieces: readonly Piece[];
}

/** A table's cells and what was measured on the way. */
export interface Structure {
  readonly rows: number;
  readonly columns: number;
  readonly headRows: number;
  readonly cells: readonly StructureCell[];
  readonly layout: Layout;
  readonly scan: Scan;
  readonly pixels: Pixels;
  /** Width of `pixels` over that of the picture given. */
  readonly enlarged: number;
}

/**
 * Reads a table's cells from a picture; undefined where it shows no text, or more lines than a table. All
 * coordinates are those of `pixels` in the answer, which are enlarged where the text is small.
 */
export async function structureOf(given: Pixels): Promise<Structure | undefined> {
  const scanned = await scannedOf(given);
  const layout = scanned && layoutOf(scanned.scan);
  if (!scanned || !layout) return undefined;
  const { pixels, scan } = scanned;
  const { rows, edges, placed } = layout;
  const spans = spansOf(rows.length, edges.length - 1);
  for (const { piece, firstRow, lastRow } of placed) {
    if (piece.last > piece.first || lastRow > firstRow)
      spans.join(firstRow, piece.first, lastRow, piece.last);
  }
  joinOpen(layout, spans);
  const headRows = headRowsOf(layout, spans);
  if (!layout.lattice) {
    joinHeads(layout, spans, headRows);
    joinGroups(layout, spans, headRows);
    joinSections(layout, spans, headRows, boldness(scan, layout));
  }
  return {
    rows: rows.length,
    columns: edges.length - 1,
    headRows,
    cells: cellsOf(layout, spans, headRows),
    layout,
    scan,
    pixels,
    enlarged: pixels.width / given.width,
  };
}

/** What stands in a picture, at the size that its letters can be told apart at. */
export async function scannedOf(
  given: Pixels,
): Promise<{ readonly pixels: Pixels; readonly scan: Scan } | undefined> {
  const first = scanOf(given);
  const large = first && (await enlarged(given, first.capHeight));
  const scan = large ? scanOf(large) : first;
  return scan && { pixels: large ?? given, scan };
}

/** Strokes this much thicker than the usual of the table are bold. */
const BOLD = 1.22;

function boldness({ ink }: Scan, { placed }: Layout): (one: Placed) => boolean {
  const strokes = new Map(placed.map((one) => [one, strokeOf(ink, one.piece)]));
  const sorted = [...strokes.values()].sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return (one) => (strokes.get(one) ?? 0) > BOLD * usual;
}

function cellsOf({ rows, edges, placed }: Layout, spans: Spans, headRows: number): StructureCell[] {
  const pieces = new Map<Span, Piece[]>();
  for (const { piece, firstRow } of placed) {
    const span = spans.at(firstRow, piece.first);
    pieces.set(span, [...(pieces.get(span) ?? []), piece]);
  }
  return spans.all().map((span) => ({
    ...span,
    head: span.row < headRows,
    area: {
      left: edges[span.column] ?? 0,
      right: edges[span.column + span.colspan] ?? 0,
      top: rows[span.row]?.top ?? 0,
      bottom: rows[span.row + span.rowspan - 1]?.bottom ?? 0,
    },
    pieces: inReadingOrder(pieces.get(span) ?? []),
  }));
}

function inReadingOrder(pieces: readonly Piece[]): Piece[] {
  const lines = linesOf(pieces);
  return lines.sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0)).flat();
}
