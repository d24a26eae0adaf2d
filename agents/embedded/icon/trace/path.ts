import { fitCubic } from './bezier.ts';
import {
  angleBetween,
  cross,
  distance,
  type Loop,
  lengthOf,
  minus,
  origin,
  type Point,
  plus,
  unit,
} from './geometry.ts';
import { type Joint, jointOf } from './joints.ts';
import { type Piece, type PieceSettings, piecesOf } from './pieces.ts';

export type PathSegment =
  | { readonly kind: 'line'; readonly to: Point }
  | {
      readonly kind: 'arc';
      readonly radius: number;
      readonly large: boolean;
      readonly clockwise: boolean;
      readonly to: Point;
    }
  | { readonly kind: 'cubic'; readonly handles: readonly [Point, Point]; readonly to: Point };

export interface Path {
  readonly start: Point;
  readonly segments: readonly PathSegment[];
  readonly closed: boolean;
}

/** Spacing of the points that pieces are fitted to, in pixels. */
const STEP = 0.8;
const MOST_POINTS = 2400;
/** A turn by more than this within a few points is a corner, in radians. */
const CORNER = 0.7;

/** An arc over this share of a closed outline is all of it: noise made the rest. */
const ROUND = 0.85;

/** A closed outline as lines, arcs and curves. */
export function pathOf(loop: Loop, settings: PieceSettings): Path {
  const even = evenly([...loop, loop[0] ?? origin]).slice(0, -1);
  const corner = sharpest(even);
  let points = rotated(even, corner.index);
  let pieces = piecesOf(points, settings);
  if (corner.turn < CORNER && pieces.length > 1) {
    // A smooth outline has no natural start: begin again at a break that the first pass found.
    points = rotated(points.slice(0, -1), pieces[Math.floor(pieces.length / 2)]?.from ?? 0);
    pieces = piecesOf(points, settings);
  }
  const round = pieces.find(({ from, to }) => to - from > ROUND * (points.length - 1));
  if (round?.kind === 'arc') return circle(round, points[0] ?? origin);
  if (pieces.length === 1) return inHalves(points, settings);
  const joints = pieces.map((piece, i): Joint => {
    const before = pieces[(i + pieces.length - 1) % pieces.length] ?? piece;
    return jointOf(before, piece, points[piece.from] ?? origin);
  });
  const upright = straightened(pieces, joints, true);
  return {
    start: upright[0]?.point ?? origin,
    segments: pieces.map((piece, i) =>
      segmentOf(
        piece,
        points,
        upright[i] ?? at(points, piece.from),
        upright[(i + 1) % upright.length] ?? at(points, 0),
      ),
    ),
    closed: true,
  };
}

/** No curve ends where it starts. */
function inHalves(points: readonly Point[], settings: PieceSettings): Path {
  const middle = points.length >> 1;
  const [there, back] = [points.slice(0, middle + 1), points.slice(middle)].map((half) =>
    openPathOf(half, settings),
  );
  const segments = [...(there?.segments ?? []), ...(back?.segments ?? [])];
  return { start: there?.start ?? origin, segments, closed: true };
}

/** A whole turn as two halves: one arc cannot end where it starts. */
function circle({ centre, radius, clockwise }: Extract<Piece, { kind: 'arc' }>, near: Point): Path {
  const out = unit(minus(near, centre));
  const start = plus(centre, out, radius);
  const half = (to: Point): PathSegment => ({ kind: 'arc', radius, large: false, clockwise, to });
  return { start, segments: [half(plus(centre, out, -radius)), half(start)], closed: true };
}

/** An open line from its first to its last point as lines, arcs and curves. */
export function openPathOf(line: readonly Point[], settings: PieceSettings): Path {
  const points = evenly(line);
  const pieces = piecesOf(points, settings);
  const joints = pieces.map((piece, i): Joint => {
    const before = pieces[i - 1];
    return before ? jointOf(before, piece, points[piece.from] ?? origin) : at(points, 0);
  });
  const upright = straightened(pieces, [...joints, at(points, points.length - 1)], false);
  return {
    start: upright[0]?.point ?? origin,
    segments: pieces.map((piece, i) =>
      segmentOf(piece, points, upright[i] ?? at(points, piece.from), upright[i + 1] ?? at(points, piece.to)),
    ),
    closed: false,
  };
}

function at(points: readonly Point[], index: number): Joint {
  return { point: points[index] ?? origin };
}

function segmentOf(piece: Piece, points: readonly Point[], start: Joint, end: Joint): PathSegment {
  const to = end.point;
  if (piece.kind === 'line') return { kind: 'line', to };
  if (piece.kind === 'arc') return arcTo(piece, start.point, points[(piece.from + piece.to) >> 1] ?? to, to);
  const inner = points.slice(piece.from + 1, piece.to).filter((_, i, all) => i > 0 && i < all.length - 1);
  const cubic = fitCubic([start.point, ...inner, to], {
    ...(start.tangent && { start: start.tangent }),
    ...(end.tangent && { end: [-end.tangent[0], -end.tangent[1]] as const }),
  });
  return { kind: 'cubic', handles: [cubic[1], cubic[2]], to };
}

/** The arc through its ends and its own middle: the ends were moved to where they meet the next pieces. */
function arcTo(arc: Extract<Piece, { kind: 'arc' }>, start: Point, near: Point, to: Point): PathSegment {
  const middle = plus(arc.centre, unit(minus(near, arc.centre)), arc.radius);
  const [a, b, c] = [distance(start, middle), distance(middle, to), distance(start, to)];
  const area = Math.abs(cross(minus(middle, start), minus(to, start))) / 2;
  if (area < 1e-3) return { kind: 'line', to };
  const radius = (a * b * c) / (4 * area);
  // The middle lies beyond the centre, as seen from the chord, when the arc is more than half a turn.
  const bulge = (2 * area) / Math.max(c, 1e-6);
  return { kind: 'arc', radius, large: bulge > radius, clockwise: arc.clockwise, to };
}

/** Angle by which a line may miss the upright or the level, in radians, and its ends by how many pixels. */
const UPRIGHT = { angle: 0.03, away: 0.35 } as const;

/** Lines that are nearly upright or level become so: that is what was drawn. */
function straightened(pieces: readonly Piece[], joints: readonly Joint[], closed: boolean): Joint[] {
  const result = [...joints];
  for (const [i, piece] of pieces.entries()) {
    if (piece.kind !== 'line') continue;
    const j = closed ? (i + 1) % joints.length : i + 1;
    const [a, b] = [result[i], result[j]];
    if (!a || !b) continue;
    const [dx, dy] = minus(b.point, a.point).map(Math.abs);
    const length = Math.hypot(dx ?? 0, dy ?? 0);
    for (const axis of [0, 1] as const) {
      const off = (axis === 0 ? dx : dy) ?? 0;
      if (off > UPRIGHT.away || off > UPRIGHT.angle * length) continue;
      const level = piece.through[axis];
      const move = ({ point, ...rest }: Joint): Joint => ({
        ...rest,
        point: axis === 0 ? [level, point[1]] : [point[0], level],
      });
      result[i] = move(a);
      result[j] = move(b);
    }
  }
  return result;
}

/** Points one step apart along a line, its ends included. */
export function evenly(line: readonly Point[]): Point[] {
  const total = lengthOf(line);
  const count = Math.max(2, Math.min(MOST_POINTS, Math.round(total / STEP)));
  const points: Point[] = [];
  let [index, passed] = [0, 0];
  for (let k = 0; k <= count; k++) {
    const wanted = (total * k) / count;
    let [a, b] = [line[index] ?? origin, line[index + 1] ?? line[index] ?? origin];
    let length = distance(a, b);
    while (passed + length < wanted && index < line.length - 2) {
      passed += length;
      index++;
      [a, b] = [line[index] ?? a, line[index + 1] ?? b];
      length = distance(a, b);
    }
    const share = length === 0 ? 0 : Math.min(1, (wanted - passed) / length);
    points.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
  }
  return points;
}

/** Where a closed outline turns most within a few points. */
function sharpest(loop: Loop): { index: number; turn: number } {
  const n = loop.length;
  const reach = Math.min(4, Math.floor(n / 8));
  let best = { index: 0, turn: 0 };
  for (let i = 0; i < n && reach > 0; i++) {
    const [a, b, c] = [loop[(i - reach + n) % n], loop[i], loop[(i + reach) % n]];
    if (!a || !b || !c) continue;
    const turn = angleBetween(minus(b, a), minus(c, b));
    if (turn > best.turn) best = { index: i, turn };
  }
  return best;
}

/** The outline from another start, which is repeated at its end. */
function rotated(loop: Loop, start: number): Point[] {
  const turned = [...loop.slice(start), ...loop.slice(0, start)];
  return [...turned, turned[0] ?? origin];
}
