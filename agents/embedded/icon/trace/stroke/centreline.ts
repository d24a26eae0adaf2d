import { type Field, shareAt } from '../field.ts';
import { cross, distance, dot, intersection, minus, type Point, plus, unit } from '../geometry.ts';

/** A point on the middle of a stroke, and the stroke's width there, in pixels. */
export interface Middle {
  readonly point: Point;
  readonly width: number;
}

/** Spacing of samples across a stroke, in pixels. */
const STEP = 0.25;

/**
 * Moves the points of a one-pixel middle line to the middle of what the field covers across the line there.
 * Widths come from the covered area, so they hold for strokes thinner than a pixel too.
 */
export function centred(line: readonly Point[], field: Field, width: number, closed: boolean): Middle[] {
  const n = line.length;
  const reach = Math.max(2, Math.round(width / 4));
  const at = (i: number): Point => {
    const index = closed ? (i + n * 4) % n : Math.min(n - 1, Math.max(0, i));
    return line[index] ?? [0, 0];
  };
  const smooth = line.map((_, i): Point => {
    let [x, y] = [0, 0];
    for (let k = -2; k <= 2; k++) [x, y] = [x + at(i + k)[0] / 5, y + at(i + k)[1] / 5];
    return [x, y];
  });
  return smooth.flatMap((point, i): Middle[] => {
    const along = unit(minus(at(i + reach), at(i - reach)));
    if (along[0] === 0 && along[1] === 0) return [];
    const normal: Point = [-along[1], along[0]];
    const found = across(field, point, normal, width);
    return found ? [found] : [];
  });
}

function across(field: Field, point: Point, normal: Point, width: number): Middle | undefined {
  const limit = width * 0.75 + 2;
  let [covered, moment] = [0, 0];
  for (const side of [1, -1]) {
    for (let s = side > 0 ? 0 : STEP; s <= limit; s += STEP) {
      const share = shareAt(field, plus(point, normal, side * s));
      // The stroke ends here; what follows is another.
      if (share < 0.02) break;
      covered += share * STEP;
      moment += share * STEP * side * s;
      if (s + STEP > limit) return undefined;
    }
  }
  if (covered < 0.2) return undefined;
  return { point: plus(point, normal, moment / covered), width: covered };
}

/**
 * Bridges the gaps that junctions and corners leave: the ends on both sides are continued straight to where
 * they meet, where that is near.
 */
export function bridged(middles: readonly Middle[], width: number, closed: boolean): Point[] {
  const points: Point[] = [];
  const n = middles.length;
  const tangent = (from: number, step: 1 | -1): Point => {
    const a = middles[from];
    const b = middles[Math.min(n - 1, Math.max(0, from + step * Math.max(3, Math.round(width / 2))))];
    return a && b ? unit(minus(a.point, b.point)) : [0, 0];
  };
  for (const [i, { point }] of middles.entries()) {
    points.push(point);
    const j = i + 1 < n ? i + 1 : closed ? 0 : -1;
    const next = middles[j];
    if (!next || distance(point, next.point) < 3) continue;
    const [u, v] = [tangent(i, -1), tangent(j, 1)];
    const corner = intersection(point, u, next.point, v);
    const gap = distance(point, next.point);
    if (!corner || Math.abs(cross(u, v)) < 0.2) continue;
    const ahead = dot(minus(corner, point), u) > 0 && dot(minus(corner, next.point), v) > 0;
    if (ahead && distance(corner, point) < 2 * gap && distance(corner, next.point) < 2 * gap)
      points.push(corner);
  }
  return points;
}
