import type { Point } from './model.ts';
import type { Column } from './polyline.ts';

/** Neighbouring segments whose slopes differ by less have no sure corner. */
const BENT = 0.15;
const FEWEST = 4;

/**
 * A polyline with each segment laid anew through the ink that is farther than `reach` from its corners, which then
 * stand where segments meet: markers and joints bend a fit of the whole.
 */
export function straightened(columns: readonly Column[], points: readonly Point[], reach: number): Point[] {
  const segments = points.slice(1).map((b, k) => {
    const a = points[k] ?? b;
    const own = columns.filter(({ x }) => x > a.x + reach && x < b.x - reach);
    return own.length < FEWEST ? undefined : lineThrough(own);
  });
  return points.map((point, k) => {
    const [before, after] = [segments[k - 1], segments[k]];
    const one = before ?? after;
    if (!one) return point;
    if (!before || !after) {
      const end = k === 0 || k === points.length - 1;
      return end ? { x: point.x, y: one.y + one.slope * (point.x - one.x) } : point;
    }
    if (Math.abs(before.slope - after.slope) < BENT)
      return { x: point.x, y: (heightOf(before, point.x) + heightOf(after, point.x)) / 2 };
    const x =
      (after.y - before.y + before.slope * before.x - after.slope * after.x) / (before.slope - after.slope);
    return Math.abs(x - point.x) > reach ? point : { x, y: heightOf(before, x) };
  });
}

interface Straight {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
}

function heightOf({ x, y, slope }: Straight, at: number): number {
  return y + slope * (at - x);
}

/** Least squares, then once more without what lies far off, where another line crosses. */
function lineThrough(columns: readonly Column[]): Straight {
  const laid = (list: readonly Column[]): Straight => {
    const n = Math.max(1, list.length);
    const x = list.reduce((sum, one) => sum + one.x, 0) / n;
    const y = list.reduce((sum, one) => sum + one.y, 0) / n;
    const spread = list.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
    const shared = list.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0);
    return { x, y, slope: spread > 0 ? shared / spread : 0 };
  };
  const first = laid(columns);
  const away = (one: Column) => Math.abs(heightOf(first, one.x) - one.y);
  const limit = 2 * (columns.map(away).sort((a, b) => a - b)[columns.length >> 1] ?? 0) + 0.3;
  const near = columns.filter((one) => away(one) <= limit);
  return near.length < FEWEST ? first : laid(near);
}
