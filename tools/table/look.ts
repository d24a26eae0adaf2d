import { groundOf, type Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { strokeOf } from './stroke.ts';
import type { Structure, StructureCell } from './structure.ts';
import { type Area, boundsOf } from './words.ts';

export type Align = 'left' | 'center' | 'right';

/** How a cell is set, as far as it is plain. */
export interface CellLook {
  readonly align: Align;
  readonly bold: boolean;
  /** Where it is not that of the page. */
  readonly background?: Rgb;
  /** Where it is neither black nor near to it. */
  readonly colour?: Rgb;
}

/** Strokes this much thicker than those of the body are bold. */
const BOLD = 1.22;
/** Levels that a shade differs from the page at least. */
const SHADE = 5;
/** Levels that a text colour differs from black at least. */
const COLOURED = 72;
/** Spread of the channels above which a colour is no grey: thin strokes come out grey by themselves. */
const COLOURFUL = 40;
/** Height of capitals in pixels from which strokes are thick enough to tell grey and bold by. */
const LARGE = 13;
/** Letters enlarged more than this are too small to tell bold ones by. */
const MOST_ENLARGED = 2;

/** The looks of a table's cells, in the order of the cells. */
export function looksOf(structure: Structure): CellLook[] {
  const { cells, scan, pixels, enlarged } = structure;
  const sharp = enlarged <= MOST_ENLARGED;
  const page = groundOf(pixels);
  // A dash is all stroke, and says nothing of boldness.
  const strokes = cells.map(({ pieces }) => {
    const bounds = boundsOf(pieces);
    return bounds.bottom - bounds.top < 0.5 * scan.capHeight ? 0 : strokeOf(scan.ink, bounds);
  });
  const usual = medianOf(strokes.filter((stroke, index) => stroke > 0 && !cells[index]?.head));
  return cells.map((cell, index) => {
    const { area, pieces } = cell;
    const [x, y] = [Math.round((area.left + area.right) / 2), Math.round((area.top + area.bottom) / 2)];
    const ground = scan.ink.groundAt(x, y);
    const colour = pieces.length === 0 ? undefined : textColour(pixels, scan.ink.plane, boundsOf(pieces));
    return {
      align: alignOf(cell, structure),
      bold: sharp && (strokes[index] ?? 0) > BOLD * usual,
      ...(away(ground, page) >= SHADE && { background: ground }),
      ...(colour && isColoured(colour, scan.capHeight, ground) && { colour }),
    };
  });
}

function isColoured(colour: Rgb, capHeight: number, ground: Rgb): boolean {
  if (away(colour, [0, 0, 0]) <= COLOURED) return false;
  // On a dark ground the text is light, however thin it is.
  const light = Math.max(...ground) < 128;
  return light || capHeight >= LARGE || Math.max(...colour) - Math.min(...colour) > COLOURFUL;
}

/**
 * Which side of its column a text keeps to: that which most of the column's texts share; a cell over several
 * columns, and one of a head, is looked at by itself.
 */
function alignOf(cell: StructureCell, { cells, layout, scan }: Structure): Align {
  const alone = cell.colspan > 1 || cell.head;
  const column = cells.filter(
    (other) => other.column === cell.column && other.colspan === 1 && !other.head && other.pieces.length > 0,
  );
  const boxes = column.map(({ pieces }) => boundsOf(pieces));
  if (!alone && boxes.length > 1) {
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
    const left = spread(boxes.map((box) => box.left));
    const right = spread(boxes.map((box) => box.right));
    const centre = spread(boxes.map((box) => (box.left + box.right) / 2));
    const least = Math.min(left, right, centre);
    if (Math.max(left, right, centre) > 0.5 * scan.capHeight)
      return least === left ? 'left' : least === right ? 'right' : 'center';
  }
  const head = cells.find((other) => other.head && other.column === cell.column && other.colspan === 1);
  if (!alone && !layout.lattice && boxes.length > 1 && head && head.pieces.length > 0) {
    // Texts of one width say nothing; their head, which is set as they are, does.
    const [above, below] = [boundsOf(head.pieces), boundsOf(boxes)];
    const left = Math.abs(above.left - below.left);
    const right = Math.abs(above.right - below.right);
    return left <= right + 1 && left < 0.5 * scan.capHeight
      ? 'left'
      : right < 0.5 * scan.capHeight
        ? 'right'
        : 'center';
  }
  if (cell.pieces.length === 0) return 'left';
  const own = boundsOf(cell.pieces);
  const within =
    layout.lattice || boxes.length === 0 || cell.colspan > 1 ? cell.area : boundsOf([...boxes, own]);
  const [before, after] = [own.left - within.left, within.right - own.right];
  if (Math.abs(before - after) <= Math.max(2, 0.35 * scan.capHeight)) return 'center';
  return before < after ? 'left' : 'right';
}

/** The colour of the pixels that are inked most. */
function textColour({ width, data }: Pixels, plane: Uint8Array, { left, top, right, bottom }: Area): Rgb {
  let full = 0;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) full = Math.max(full, plane[y * width + x] ?? 0);
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = y * width + x;
      if ((plane[i] ?? 0) < 0.9 * full) continue;
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (data[i * 3 + channel] ?? 0);
      count++;
    }
  }
  const mean = (channel: number) => Math.round((sum[channel] ?? 0) / Math.max(1, count));
  return [mean(0), mean(1), mean(2)];
}

function away(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
