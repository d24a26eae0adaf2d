import type { Size } from '../image/pixels.ts';
import { runsOf } from './lines.ts';
import type { Area } from './model.ts';

/** A thin dark stroke that is upright, or level where it was looked for so. */
export interface Stroke {
  /** Its place across, in pixels. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Short strokes across both of its ends. */
  readonly capped: boolean;
}

/** Strokes are at least this many ems long. */
const SHORTEST = 0.5;
const THICKEST = 5;
const BORDER = 5;
/** A stroke over this share of the plotting area is grid, or a line of its own. */
const LONGEST = 0.9;

/** The thin dark strokes inside an area, with whether caps end them, as whiskers of boxes and error bars have. */
export function strokesIn(
  dark: Uint8Array,
  { width }: Size,
  area: Area,
  em: number,
  direction: 'upright' | 'level',
): Stroke[] {
  const upright = direction === 'upright';
  const [first, last] = (upright ? [area.left, area.right] : [area.top, area.bottom]).map(Math.round);
  const [start, end] = (upright ? [area.top, area.bottom] : [area.left, area.right]).map(Math.round);
  if (first === undefined || last === undefined || start === undefined || end === undefined) return [];
  const on = (across: number, along: number) =>
    across >= first &&
    across < last &&
    along >= start &&
    along < end &&
    (dark[upright ? along * width + across : across * width + along] ?? 0) !== 0;
  const open: { first: number; last: number; from: number; to: number }[] = [];
  for (let across = first; across < last; across++) {
    for (const [a, b] of runsOf(end - start, SHORTEST * em, (i) => on(across, start + i))) {
      const [from, to] = [start + a, start + b];
      const beside = open.find(
        (one) =>
          one.last === across - 1 && Math.min(one.to, to) - Math.max(one.from, from) > 0.7 * (to - from),
      );
      if (beside) beside.last = across;
      else open.push({ first: across, last: across, from, to });
    }
  }
  const reach = Math.max(3, Math.round(0.15 * em));
  // A cap reaches as far to one side as to the other; edges of bars that meet a stroke go on to one.
  const cap = (place: number, one: (typeof open)[number]) =>
    [-2, -1, 0, 1, 2].some((shift) => {
      const [before, after] = [-1, 1].map((side) => {
        let length = 0;
        while (on(side < 0 ? one.first - length - 1 : one.last + length + 1, place + shift)) length++;
        return length;
      });
      if (before === undefined || after === undefined || Math.min(before, after) < reach) return false;
      return Math.abs(before - after) <= Math.max(2, 0.15 * before);
    });
  return open
    .filter((one) => one.last - one.first < THICKEST && one.to - one.from < LONGEST * (end - start))
    .map((one) => ({
      at: (one.first + one.last + 1) / 2,
      from: one.from,
      to: one.to,
      // Bars with edges meet the border so, too.
      capped:
        one.from > start + BORDER && one.to < end - BORDER && cap(one.from, one) && cap(one.to - 1, one),
    }));
}
