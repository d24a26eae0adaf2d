import type { Point } from './model.ts';
import type { Column } from './polyline.ts';

/** Columns whose ink lies along the axis by less than this are too steep to measure the stroke. */
const LEVEL = 0.35;
const FEWEST = 6;

/**
 * How wide a line's stroke is, column by column from thin to thick, where it runs level enough and no marker
 * (pixels) adds to it.
 */
export function strokeWidths(columns: readonly Column[], points: readonly Point[], marker: number): number[] {
  const samples: number[] = [];
  let k = 1;
  for (const { x, thickness } of columns) {
    while (k < points.length - 1 && x > (points[k]?.x ?? 0)) k++;
    const [a, b] = [points[k - 1], points[k]];
    if (!a || !b || b.x <= a.x) continue;
    const level = (b.x - a.x) / Math.hypot(b.x - a.x, b.y - a.y);
    const reach = 0.6 * marker + 2;
    if (level < LEVEL || x < a.x + reach || x > b.x - reach) continue;
    samples.push(thickness * level);
  }
  return samples.sort((a, b) => a - b);
}

/** Width of a stroke in pixels; undefined where too little of it can be measured. */
export function strokeWidth(
  columns: readonly Column[],
  points: readonly Point[],
  marker: number,
): number | undefined {
  const widths = strokeWidths(columns, points, marker);
  if (widths.length < FEWEST) return undefined;
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  const between = columns.filter(({ x }) => x > first && x < last).length;
  // Columns at the ends of dashes hold only part of the stroke.
  const broken = between < 0.93 * (last - first);
  return widths[Math.floor((broken ? 0.85 : 0.5) * widths.length)];
}

/** Whether ink has one width all along, as a stroke has and a filled area has not. */
export function isStroke(columns: readonly Column[], points: readonly Point[], thickest: number): boolean {
  const widths = strokeWidths(columns, points, 0);
  const at = (share: number) => widths[Math.floor(share * widths.length)] ?? 0;
  return widths.length >= FEWEST && at(0.5) < thickest && at(0.9) < 1.4 * at(0.1);
}
