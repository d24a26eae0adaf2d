/** [x, y] in pixels, y downwards; pixel centres lie at halves. */
export type Point = readonly [number, number];

/** A closed outline; the first point is not repeated at the end. */
export type Loop = readonly Point[];

export const origin: Point = [0, 0];

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}

export function plus(a: Point, b: Point, factor = 1): Point {
  return [a[0] + b[0] * factor, a[1] + b[1] * factor];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1];
}

/** Positive when `b` turns clockwise from `a` as seen on the screen. */
export function cross(a: Point, b: Point): number {
  return a[0] * b[1] - a[1] * b[0];
}

/** A vector of length 1; the zero vector stays. */
export function unit(a: Point): Point {
  const length = Math.hypot(a[0], a[1]);
  return length === 0 ? a : [a[0] / length, a[1] / length];
}

/** Enclosed area, positive when the outline runs clockwise on the screen. */
export function signedArea(loop: Loop): number {
  let sum = 0;
  for (const [i, point] of loop.entries()) sum += cross(point, loop[(i + 1) % loop.length] ?? point);
  return sum / 2;
}

/** Length around. */
export function perimeter(loop: Loop): number {
  return loop.reduce((sum, point, i) => sum + distance(point, loop[(i + 1) % loop.length] ?? point), 0);
}

/** Length along an open line. */
export function lengthOf(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, point, i) => sum + distance(point, line[i] ?? point), 0);
}

/** Angle between two directions, 0 to pi. */
export function angleBetween(a: Point, b: Point): number {
  return Math.abs(Math.atan2(cross(a, b), dot(a, b)));
}

/** Where two lines (point and direction each) meet; undefined when they are nearly parallel. */
export function intersection(p: Point, u: Point, q: Point, v: Point): Point | undefined {
  const determinant = cross(u, v);
  if (Math.abs(determinant) < 1e-6) return undefined;
  return plus(p, u, cross(minus(q, p), v) / determinant);
}

/** About `count` points spread evenly over a list. */
export function thinned<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}

/** Left, top, width and height of some points. */
export type Extent = readonly [number, number, number, number];

export function boundsOf(points: readonly Point[]): Extent {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right - left, bottom - top];
}
