import type { Dash, Point } from './model.ts';
import { type Column, median } from './polyline.ts';

export interface Broken {
  readonly dash: Dash;
  /** Width of the stroke as its dashes' lengths say it, since patterns grow with it; undefined for whole lines. */
  readonly thickness: number | undefined;
}

/** Lines steeper than this are broken up by rows, not by columns. */
const STEEP = 1.5;
/** Fewer gaps are where something else crosses. */
const FEWEST = 3;
/** Between the ratios of dash to gap in dots (0.6) and in dashes (2.3). */
const RATIO = 1.2;
/** A dash this much longer than another is of a pattern of two lengths. */
const LONGER = 2.2;
/** From one dash to the next, in widths of the stroke: matplotlib's patterns. */
const PERIODS: Readonly<Record<Dash, number>> = { '-': 0, '--': 5.3, '-.': 5.3, ':': 2.65 };

/** How a line is broken, by the runs of covered columns where it is not steep. */
export function dashOf(
  columns: readonly Column[],
  points: readonly Point[],
  thickness: number,
  marker: number,
): Broken {
  const covered = new Set(columns.map(({ x }) => Math.floor(x)));
  const on: number[] = [];
  const off: number[] = [];
  for (const [k, a] of points.slice(0, -1).entries()) {
    const b = points[k + 1];
    if (!b) continue;
    const slope = Math.abs((b.y - a.y) / (b.x - a.x));
    if (slope > STEEP) continue;
    const stretch = Math.hypot(1, slope);
    // The ends of a slanting dash reach over more columns than it is long.
    const slant = (thickness * slope) / stretch + 0.3;
    let [state, length] = [true, 0];
    const runs: [boolean, number][] = [];
    for (let x = Math.ceil(a.x + marker * 0.7); x < b.x - marker * 0.7; x++) {
      const now = covered.has(x);
      if (now === state) length++;
      else {
        runs.push([state, length]);
        [state, length] = [now, 1];
      }
    }
    for (const [is, run] of runs.slice(1))
      (is ? on : off).push(Math.max(0, is ? run - slant : run + slant) * stretch);
  }
  const gaps = off.filter((run) => run > 0.6 * thickness && run < 8 * thickness);
  if (gaps.length < FEWEST || on.length === 0) return { dash: '-', thickness: undefined };
  const sorted = [...on].sort((x, y) => x - y);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const two = at(0.75) > LONGER * Math.max(0.5 * thickness, at(0.25));
  const dash = two ? '-.' : median(on) < RATIO * median(gaps) ? ':' : '--';
  const mean = (list: readonly number[]) => list.reduce((sum, run) => sum + run, 0) / list.length;
  return { dash, thickness: (mean(on) + mean(gaps)) / PERIODS[dash] };
}
