import type { Element } from './elements.ts';

/** Length of an element's edge: what a grid counts too much is taken off (Cauchy and Crofton). */
export function perimeter({ pixels }: Element, width: number): number {
  const own = new Set(pixels);
  let sides = 0;
  for (const i of pixels) for (const j of [i - 1, i + 1, i - width, i + width]) if (!own.has(j)) sides++;
  return (sides * Math.PI) / 4;
}

/** Area of the convex hull of an element's pixels (Andrew's monotone chain over the ends of its rows). */
export function hullArea({ pixels }: Element, width: number): number {
  const ends = new Map<number, [number, number]>();
  for (const i of pixels) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [from, to] = ends.get(y) ?? [x, x];
    ends.set(y, [Math.min(from, x), Math.max(to, x)]);
  }
  const points = [...ends].flatMap(([y, [from, to]]) =>
    [y, y + 1].flatMap((row) => [from, to + 1].map((x): Point => [x, row])),
  );
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const hull = [...chain(points), ...chain(points.reverse())];
  return (
    Math.abs(hull.reduce((sum, a, i) => sum + cross([0, 0], a, hull[(i + 1) % hull.length] ?? a), 0)) / 2
  );
}

type Point = readonly [number, number];

function chain(points: readonly Point[]): Point[] {
  const found: Point[] = [];
  for (const point of points) {
    for (let n = found.length; n > 1; n--) {
      const [a, b] = [found[n - 2], found[n - 1]];
      if (!a || !b || cross(a, b, point) > 0) break;
      found.pop();
    }
    found.push(point);
  }
  return found.slice(0, -1);
}

function cross(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}
