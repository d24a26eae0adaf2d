import { type Field, shareAt } from '../field.ts';
import { angleBetween, minus, type Point, plus, unit } from '../geometry.ts';
import type { Path } from '../path.ts';

/** Corners that turn less look the same with either join, in radians. */
const PLAIN = 0.5;

/** How the corners of a stroked path are drawn: looks whether the shape reaches into the point of each. */
export function joinOf(path: Path, width: number, field: Field): 'miter' | 'round' {
  const { start, segments, closed } = path;
  let [pointed, round] = [0, 0];
  const points = [start, ...segments.map(({ to }) => to)];
  for (const [i, segment] of segments.entries()) {
    const next = segments[i + 1] ?? (closed ? segments[0] : undefined);
    const [from, vertex] = [points[i], points[i + 1]];
    const beyond = next && (i + 2 < points.length ? points[i + 2] : points[1]);
    if (segment.kind !== 'line' || next?.kind !== 'line' || !from || !vertex || !beyond) continue;
    const [u, v] = [unit(minus(vertex, from)), unit(minus(beyond, vertex))];
    const turn = angleBetween(u, v);
    if (turn < PLAIN || turn > 2.6) continue;
    const outwards: Point = unit(minus(u, v));
    const tip = width / 2 / Math.cos(turn / 2);
    if (tip - width / 2 < 0.4) continue;
    if (shareAt(field, plus(vertex, outwards, (tip + width / 2) / 2)) >= 0.5) pointed++;
    else round++;
  }
  return pointed > round ? 'miter' : 'round';
}

/** Whether a path has corners at all. */
export function hasCorners({ start, segments, closed }: Path): boolean {
  const points = [start, ...segments.map(({ to }) => to)];
  return segments.some((segment, i) => {
    const next = segments[i + 1] ?? (closed ? segments[0] : undefined);
    const [from, vertex, beyond] = [points[i], points[i + 1], points[i + 2] ?? points[1]];
    if (!next || !from || !vertex || !beyond) return false;
    if (segment.kind !== 'line' || next.kind !== 'line') return true;
    return angleBetween(minus(vertex, from), minus(beyond, vertex)) > 0.1;
  });
}
