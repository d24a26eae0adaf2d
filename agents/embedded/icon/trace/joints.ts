import { slopeOn } from './bezier.ts';
import { angleBetween, distance, dot, intersection, minus, type Point, plus, unit } from './geometry.ts';
import type { Piece } from './pieces.ts';

/** Where two pieces of an outline meet. */
export interface Joint {
  readonly point: Point;
  /** Direction of travel through a smooth joint; left out at a corner. */
  readonly tangent?: Point;
}

/** Pieces that turn by less than this meet smoothly, in radians. */
const SMOOTH = 0.35;
/** A corner may lie this far outside the outline, which anti-aliasing blunts there, in pixels. */
const BLUNT = 3;

/** The joint between a piece and the next, near the outline's own point there. */
export function jointOf(before: Piece, after: Piece, near: Point): Joint {
  const [u, v] = [directionAt(before, near, 'end'), directionAt(after, near, 'start')];
  const turn = angleBetween(u, v);
  if (turn < SMOOTH) return smoothJoint(before, after, near, u, v);
  const corner = intersection(footOn(before, near), u, footOn(after, near), v);
  return { point: corner && distance(corner, near) < BLUNT ? corner : near };
}

function smoothJoint(before: Piece, after: Piece, near: Point, u: Point, v: Point): Joint {
  const line = before.kind === 'line' ? before : after.kind === 'line' ? after : undefined;
  const arc = before.kind === 'arc' ? before : after.kind === 'arc' ? after : undefined;
  if (before.kind === 'line' && after.kind === 'line') {
    const corner = intersection(before.through, u, after.through, v);
    return { point: corner && distance(corner, near) < BLUNT ? corner : footOn(before, near) };
  }
  if (line && arc) {
    // The tangent point: the foot of the centre on the line.
    const along = dot(minus(arc.centre, line.through), line.direction);
    const foot = plus(line.through, line.direction, along);
    const touches = Math.abs(distance(foot, arc.centre) - arc.radius) < Math.max(0.6, arc.radius * 0.02);
    if (touches && distance(foot, near) < Math.max(BLUNT, arc.radius * 0.3))
      return { point: foot, tangent: line.direction };
    return { point: footOn(line, near), tangent: line.direction };
  }
  if (line) return { point: footOn(line, near), tangent: line.direction };
  const tangent = unit(plus(u, v));
  const [a, b] = [footOn(before, near), footOn(after, near)];
  return { point: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], tangent };
}

/** Direction of travel along a piece near one of its ends. */
export function directionAt(piece: Piece, near: Point, side: 'start' | 'end'): Point {
  if (piece.kind === 'line') return piece.direction;
  if (piece.kind === 'cubic') {
    // Not quite at the end, where the corner is blunted.
    const slope = slopeOn(piece.cubic, side === 'start' ? 0.04 : 0.96);
    return unit(slope);
  }
  const [rx, ry] = unit(minus(near, piece.centre));
  const turn = piece.clockwise ? 1 : -1;
  return [-ry * turn, rx * turn];
}

function footOn(piece: Piece, near: Point): Point {
  if (piece.kind === 'line') {
    return plus(piece.through, piece.direction, dot(minus(near, piece.through), piece.direction));
  }
  if (piece.kind === 'arc') return plus(piece.centre, unit(minus(near, piece.centre)), piece.radius);
  return near;
}
