import { distance, dot, minus, origin, type Point, plus, unit } from './geometry.ts';

/** A cubic Bezier curve: start, two handles, end. */
export type Cubic = readonly [Point, Point, Point, Point];

export function pointOn([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t;
  const [w0, w1, w2, w3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [w0 * a[0] + w1 * b[0] + w2 * c[0] + w3 * d[0], w0 * a[1] + w1 * b[1] + w2 * c[1] + w3 * d[1]];
}

export function slopeOn([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t;
  const [w0, w1, w2] = [3 * s * s, 6 * s * t, 3 * t * t];
  return [
    w0 * (b[0] - a[0]) + w1 * (c[0] - b[0]) + w2 * (d[0] - c[0]),
    w0 * (b[1] - a[1]) + w1 * (c[1] - b[1]) + w2 * (d[1] - c[1]),
  ];
}

/** Positions along a polyline as shares of its length. */
export function chordLengths(points: readonly Point[]): number[] {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    lengths.push((lengths[i - 1] ?? 0) + distance(points[i - 1] ?? origin, points[i] ?? origin));
  }
  const total = lengths.at(-1) || 1;
  return lengths.map((length) => length / total);
}

/** Directions, pointing into the curve, that its ends must have; free where left out. */
export interface Ends {
  readonly start?: Point;
  readonly end?: Point;
}

/**
 * The cubic through the first and last point that comes nearest to the points between (least squares over
 * handles, then parameters moved by Newton's method, in turn; Schneider, Graphics Gems 1990).
 */
export function fitCubic(points: readonly Point[], ends: Ends = {}, rounds = 4): Cubic {
  let times = chordLengths(points);
  let cubic = handlesFor(points, times, ends);
  for (let round = 0; round < rounds; round++) {
    times = times.map((t, i) => nearer(cubic, points[i] ?? origin, t));
    cubic = handlesFor(points, times, ends);
  }
  return cubic;
}

/** The greatest distance of some points from a cubic that was fitted to them. */
export function missOf(cubic: Cubic, points: readonly Point[]): { most: number; squares: number } {
  let [most, squares] = [0, 0];
  const times = chordLengths(points);
  for (const [i, point] of points.entries()) {
    const t = nearer(cubic, point, nearer(cubic, point, times[i] ?? 0));
    const away = distance(pointOn(cubic, t), point);
    most = Math.max(most, away);
    squares += away * away;
  }
  return { most, squares };
}

function nearer(cubic: Cubic, point: Point, t: number): number {
  const away = minus(pointOn(cubic, t), point);
  const slope = slopeOn(cubic, t);
  const length = dot(slope, slope);
  return length === 0 ? t : Math.min(1, Math.max(0, t - dot(away, slope) / length));
}

/** Unknowns: each handle is free (two numbers) or lies on a given direction (one). */
function handlesFor(points: readonly Point[], times: readonly number[], { start, end }: Ends): Cubic {
  const [first, last] = [points[0] ?? origin, points.at(-1) ?? origin];
  const third = distance(first, last) / 3;
  let [a11, a12, a22] = [0, 0, 0];
  let [bx1, by1, bx2, by2] = [0, 0, 0, 0];
  for (const [i, t] of times.entries()) {
    const s = 1 - t;
    const [w1, w2] = [3 * s * s * t, 3 * s * t * t];
    const [w0, w3] = [s * s * s, t * t * t];
    const point = points[i] ?? first;
    const rx = point[0] - w0 * first[0] - w3 * last[0];
    const ry = point[1] - w0 * first[1] - w3 * last[1];
    a11 += w1 * w1;
    a12 += w1 * w2;
    a22 += w2 * w2;
    bx1 += w1 * rx;
    by1 += w1 * ry;
    bx2 += w2 * rx;
    by2 += w2 * ry;
  }
  const determinant = a11 * a22 - a12 * a12;
  const straight: Cubic = [
    first,
    plus(first, start ?? unit(minus(last, first)), third),
    plus(last, end ?? unit(minus(first, last)), third),
    last,
  ];
  if (determinant < 1e-9) return straight;
  const free1: Point = [(bx1 * a22 - bx2 * a12) / determinant, (by1 * a22 - by2 * a12) / determinant];
  const free2: Point = [(bx2 * a11 - bx1 * a12) / determinant, (by2 * a11 - by1 * a12) / determinant];
  if (!start && !end) return [first, free1, free2, last];
  if (start && end) {
    // Handles at first + p * start and last + q * end.
    const c12 = a12 * dot(start, end);
    const r1 = dot(start, [bx1 - a11 * first[0] - a12 * last[0], by1 - a11 * first[1] - a12 * last[1]]);
    const r2 = dot(end, [bx2 - a12 * first[0] - a22 * last[0], by2 - a12 * first[1] - a22 * last[1]]);
    const both = a11 * a22 - c12 * c12;
    const p = (r1 * a22 - r2 * c12) / both;
    const q = (r2 * a11 - r1 * c12) / both;
    const longest = 3 * third * 2;
    if (!(p > 0.01 * third && q > 0.01 * third && p < longest && q < longest)) return straight;
    return [first, plus(first, start, p), plus(last, end, q), last];
  }
  if (start) {
    // The other handle is eliminated: free2 = (b2 - a12 * handle1) / a22.
    const k = a11 - (a12 * a12) / a22;
    const r: Point = [bx1 - (a12 * bx2) / a22, by1 - (a12 * by2) / a22];
    const p = Math.max(0.01 * third, dot(start, [r[0] - k * first[0], r[1] - k * first[1]]) / k);
    const handle = plus(first, start, p);
    return [first, handle, [(bx2 - a12 * handle[0]) / a22, (by2 - a12 * handle[1]) / a22], last];
  }
  const k = a22 - (a12 * a12) / a11;
  const r: Point = [bx2 - (a12 * bx1) / a11, by2 - (a12 * by1) / a11];
  const q = Math.max(0.01 * third, dot(end ?? origin, [r[0] - k * last[0], r[1] - k * last[1]]) / k);
  const handle = plus(last, end ?? origin, q);
  return [first, [(bx1 - a12 * handle[0]) / a11, (by1 - a12 * handle[1]) / a11], handle, last];
}
