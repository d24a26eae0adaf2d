import { distance, dot, intersection, type Loop, minus, origin, type Point, plus, unit } from './geometry.ts';
import { evenly, openPathOf, type Path, type PathSegment, pathOf } from './path.ts';
import type { PieceSettings } from './pieces.ts';

/** What is known of the places around an outline. */
export interface Surface {
  /** Whether the outline's point of this index borders on a shape that lies above. */
  hidden(point: Point, index: number): boolean;
  /** Whether a point lies beneath a shape above. */
  beneath(point: Point): boolean;
  /** Whether a point lies in the outline's own shape, or beneath a shape above. */
  covered(point: Point): boolean;
}

/**
 * A closed outline of which some stretches are hidden: those are drawn the shortest way that stays hidden,
 * by running the visible pieces on until they meet.
 */
export function hiddenPathOf(loop: Loop, surface: Surface, settings: PieceSettings): Path {
  const runs = visibleRuns(loop, surface);
  const [first] = runs;
  if (!first) return pathOf(loop, settings);
  const parts = runs.map((run) => openPathOf(run.seen, settings));
  const segments: PathSegment[] = [];
  for (const [i, part] of parts.entries()) {
    const next = parts[(i + 1) % parts.length] ?? part;
    const run = runs[i] ?? first;
    segments.push(...part.segments, ...connection(part, next, run.unseen, surface, settings));
  }
  return { start: parts[0]?.start ?? origin, segments, closed: true };
}

interface Run {
  readonly seen: readonly Point[];
  /** The outline's own way from the end of what is seen to the start of the next run. */
  readonly unseen: readonly Point[];
}

/** Visible stretches shorter than this many points are part of what hides them. */
const SHORTEST = 4;
/** Points next to a hidden stretch where three shapes share the pixels. */
const BLURRED = 2;

function visibleRuns(loop: Loop, surface: Surface): Run[] {
  const n = loop.length;
  const flags = loop.map((point, i) => surface.hidden(point, i));
  const start = flags.findIndex((flag, i) => !flag && flags[(i + n - 1) % n]);
  if (start < 0) return [];
  const runs: { seen: Point[]; unseen: Point[] }[] = [];
  for (let k = 0; k < n; k++) {
    const i = (start + k) % n;
    const point = loop[i] ?? origin;
    if (!flags[i]) {
      const last = runs.at(-1);
      if (!last || last.unseen.length > 0) runs.push({ seen: [point], unseen: [] });
      else last.seen.push(point);
    } else runs.at(-1)?.unseen.push(point);
  }
  const long = runs.findIndex(({ seen }) => seen.length >= SHORTEST + 2 * BLURRED);
  if (long < 0) return [];
  const kept: { seen: Point[]; unseen: Point[] }[] = [];
  for (const { seen, unseen } of [...runs.slice(long), ...runs.slice(0, long)]) {
    const last = kept.at(-1);
    if (last && seen.length < SHORTEST + 2 * BLURRED) last.unseen.push(...seen, ...unseen);
    else
      kept.push({
        seen: seen.slice(BLURRED, seen.length - BLURRED),
        unseen: [...seen.slice(-BLURRED), ...unseen],
      });
  }
  return kept;
}

/** How far a piece is run on beneath what hides it, in pixels, before it turns to where it comes out again. */
const RUN_ON = 4;
/** How far from its own edge a connection may run through the shape itself, in pixels. */
const ASIDE = 2.5;

/** From the end of one visible part to the start of the next, unseen. */
function connection(
  part: Path,
  next: Path,
  unseen: readonly Point[],
  surface: Surface,
  settings: PieceSettings,
): PathSegment[] {
  const [from, to] = [part.segments.at(-1)?.to ?? part.start, next.start];
  const [u, v] = [endDirection(part), startDirection(next)];
  const line = (...points: Point[]): PathSegment[] => points.map((point) => ({ kind: 'line', to: point }));
  const corner = intersection(from, u, to, v);
  if (corner) {
    const ahead = dot(minus(corner, from), u) > -1 && dot(minus(corner, to), v) < 1;
    // Through the shape itself only where its own edge runs: else a part that is seen would be cut off.
    const fits = (point: Point) =>
      surface.beneath(point) ||
      (surface.covered(point) && unseen.some((other) => distance(other, point) < ASIDE));
    if (ahead && isCovered([from, corner, to], fits)) return line(corner, to);
  }
  const [a, b] = [plus(from, u, RUN_ON), plus(to, v, -RUN_ON)];
  if (isCovered([from, a, b, to], surface.beneath)) return line(a, b, to);
  if (isCovered([from, to], surface.beneath)) return line(to);
  return openPathOf([from, ...tuckedIn(unseen, surface), to], settings).segments.slice();
}

/** How far a hidden edge is pushed beneath what hides it, in pixels: where two edges meet, the ground shows through. */
const TUCK = 1;

function tuckedIn(points: readonly Point[], { beneath }: Surface): Point[] {
  return points.map((point, i) => {
    const [a, b] = [points[Math.max(0, i - 2)] ?? point, points[Math.min(points.length - 1, i + 2)] ?? point];
    const [ux, uy] = unit(minus(b, a));
    const sides: Point[] = [
      [point[0] + uy * TUCK, point[1] - ux * TUCK],
      [point[0] - uy * TUCK, point[1] + ux * TUCK],
    ];
    const far = sides.map((_, side): Point => {
      const sign = side === 0 ? 1 : -1;
      return [point[0] + 2 * sign * uy * TUCK, point[1] - 2 * sign * ux * TUCK];
    });
    const side = far.findIndex(beneath);
    // Beneath on both sides: it is hidden wherever it lies.
    return side < 0 || far.every(beneath) ? point : (sides[side] ?? point);
  });
}

function isCovered(points: readonly Point[], within: (point: Point) => boolean): boolean {
  return evenly(points)
    .slice(6, -6)
    .every((point) => within(point));
}

function endDirection({ start, segments }: Path): Point {
  const last = segments.at(-1);
  const from = segments.at(-2)?.to ?? start;
  if (!last) return origin;
  if (last.kind === 'cubic') return unit(minus(last.to, last.handles[1]));
  if (last.kind === 'line') return unit(minus(last.to, from));
  return arcDirection(from, last, 'end');
}

function startDirection({ start, segments }: Path): Point {
  const [first] = segments;
  if (!first) return origin;
  if (first.kind === 'cubic') return unit(minus(first.handles[0], start));
  if (first.kind === 'line') return unit(minus(first.to, start));
  return arcDirection(start, first, 'start');
}

/** Direction of travel at one end of an arc: its chord, turned by half the angle that it spans. */
function arcDirection(from: Point, arc: Extract<PathSegment, { kind: 'arc' }>, side: 'start' | 'end'): Point {
  const chord = minus(arc.to, from);
  const half = Math.asin(Math.min(1, Math.hypot(...chord) / 2 / arc.radius));
  const span = arc.large ? Math.PI - half : half;
  const turn = (side === 'end' ? 1 : -1) * (arc.clockwise ? 1 : -1) * span;
  const [x, y] = unit(chord);
  return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
}
