import { type Cubic, fitCubic, missOf } from './bezier.ts';
import { cross, distance, dot, lengthOf, minus, origin, type Point, unit } from './geometry.ts';
import { solve } from './least-squares.ts';

/** A stretch of an outline between two of its points, and what it is: a line, an arc or a curve. */
export type Piece = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'line'; readonly through: Point; readonly direction: Point }
  | { readonly kind: 'arc'; readonly centre: Point; readonly radius: number; readonly clockwise: boolean }
  | { readonly kind: 'cubic'; readonly cubic: Cubic }
);

export interface PieceSettings {
  /** What one number in the path must save to be worth writing, in units of the error below. */
  readonly price: number;
  /** Error in pixels that is hardly seen: its square over one pixel of outline costs 1/2. */
  readonly sigma: number;
  /** No point may lie farther from its piece than this, in pixels. */
  readonly most: number;
}

export const pieceSettings: PieceSettings = { price: 4, sigma: 0.08, most: 0.75 };

const NUMBERS = { line: 2, arc: 4, cubic: 6 } as const;
/** What anti-aliasing makes a straight edge waver by, in pixels (root mean square): no error of the piece. */
const RIPPLE = 0.06;
/** Break points that are tried; each pair of them costs up to three fits. */
const MOST_NODES = 110;
const SAMPLES = 18;
/** A piece is not tried on over longer stretches once it failed this often in a row. */
const PATIENCE = 3;

/**
 * Cuts an outline into the pieces that describe it in the fewest numbers at the least error (dynamic
 * programming over break points). `points` lie one step apart; an open outline is cut from its first to its
 * last point, a closed one must come rotated so that it starts where a break is wanted, its start repeated.
 */
export function piecesOf(points: readonly Point[], settings: PieceSettings = pieceSettings): Piece[] {
  const nodes = nodesOf(points);
  const step = points.length > 1 ? lengthOf(points) / (points.length - 1) : 1;
  const best: { cost: number; back: number; piece: Piece | undefined }[] = nodes.map((_, i) => ({
    cost: i === 0 ? 0 : Infinity,
    back: 0,
    piece: undefined,
  }));
  for (const [i, from] of nodes.entries()) {
    const start = best[i]?.cost ?? Infinity;
    let failures = 0;
    for (let j = i + 1; j < nodes.length && failures < PATIENCE; j++) {
      const to = nodes[j] ?? from;
      const found = cheapest(points, from, to, step, settings);
      const target = best[j];
      if (!target) continue;
      if (!found) {
        // Neighbouring nodes are always joined by a line, so that some cut exists.
        if (j > i + 1) failures++;
        else if (start + UNFIT < target.cost)
          best[j] = { cost: start + UNFIT, back: i, piece: lineThrough(points, from, to) };
        continue;
      }
      failures = 0;
      if (start + found.cost < target.cost)
        best[j] = { cost: start + found.cost, back: i, piece: found.piece };
    }
  }
  const pieces: Piece[] = [];
  for (let at = nodes.length - 1; at > 0; at = best[at]?.back ?? 0) {
    const piece = best[at]?.piece;
    if (piece) pieces.unshift(piece);
  }
  return pieces;
}

const UNFIT = 1000;

function cheapest(points: readonly Point[], from: number, to: number, step: number, settings: PieceSettings) {
  const inner = samplesOf(points, from, to);
  const length = (to - from) * step;
  let found: { cost: number; piece: Piece } | undefined;
  const offer = (piece: Piece, misses: readonly number[]) => {
    const most = misses.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (most > settings.most) return;
    const mean = misses.reduce((sum, value) => sum + value * value, 0) / Math.max(1, misses.length);
    const error = Math.max(0, mean - RIPPLE ** 2) * length;
    const cost = settings.price * NUMBERS[piece.kind] + error / (2 * settings.sigma ** 2);
    if (!found || cost < found.cost) found = { cost, piece };
  };
  const line = lineThrough(points, from, to);
  offer(
    line,
    inner.map((point) => cross(line.direction, minus(point, line.through))),
  );
  if (to - from >= 5) {
    const arc = arcThrough(inner, from, to);
    if (arc)
      offer(
        arc,
        inner.map((point) => distance(point, arc.centre) - arc.radius),
      );
  }
  // A curve of six numbers cannot be cheaper than what is found already.
  if (to - from >= 6 && (!found || found.cost > settings.price * NUMBERS.cubic)) {
    const ends = [points[from] ?? origin, ...inner, points[to] ?? origin] as const;
    const cubic = fitCubic(ends, {}, 2);
    const { most, squares } = missOf(cubic, ends);
    if (most <= settings.most) {
      const rms = Math.sqrt(squares / ends.length);
      offer({ kind: 'cubic', from, to, cubic }, [rms]);
    }
  }
  return found;
}

/** Points strictly between two, without those that a corner at either end has blunted. */
function samplesOf(points: readonly Point[], from: number, to: number): Point[] {
  const trim = to - from > 6 ? 2 : to - from > 3 ? 1 : 0;
  const [first, last] = [from + trim, to - trim];
  const count = Math.min(SAMPLES, last - first + 1);
  return Array.from(
    { length: count },
    (_, k) => points[Math.round(first + ((last - first) * k) / Math.max(1, count - 1))] ?? origin,
  );
}

/** The line nearest to the points between, by their principal axis. */
function lineThrough(points: readonly Point[], from: number, to: number): Extract<Piece, { kind: 'line' }> {
  const inner = samplesOf(points, from, to);
  const n = inner.length;
  const mx = inner.reduce((sum, [x]) => sum + x, 0) / n;
  const my = inner.reduce((sum, [, y]) => sum + y, 0) / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of inner) {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (y - my);
    yy += (y - my) ** 2;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const along = minus(points[to] ?? origin, points[from] ?? origin);
  const axis: Point = n < 2 || xx + yy < 1e-9 ? unit(along) : [Math.cos(angle), Math.sin(angle)];
  const forwards = axis[0] * along[0] + axis[1] * along[1] >= 0;
  return {
    kind: 'line',
    from,
    to,
    through: [mx, my],
    direction: forwards ? axis : [-axis[0], -axis[1]],
  };
}

/** The circle nearest to some points (Kasa 1976); undefined for straight ones and for more than a full turn. */
function arcThrough(inner: readonly Point[], from: number, to: number) {
  const base = inner[0] ?? origin;
  const normal = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, inner.length],
  ];
  const right = [0, 0, 0];
  for (const point of inner) {
    const [x, y] = minus(point, base);
    const z = x * x + y * y;
    const row = [x, y, 1];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        if (i === 2 && j === 2) continue;
        const cells = normal[i];
        if (cells) cells[j] = (cells[j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0);
      }
      right[i] = (right[i] ?? 0) + (row[i] ?? 0) * z;
    }
  }
  const found = solve(normal, right);
  if (!found) return undefined;
  const [a = 0, b = 0, c = 0] = found;
  const radius = Math.sqrt(Math.max(0, c + (a * a + b * b) / 4));
  if (!(radius > 0.4 && radius < 4000)) return undefined;
  const centre: Point = [base[0] + a / 2, base[1] + b / 2];
  const sweep = sweepOf(inner, centre);
  // An arc that is hardly bent is a line, one that is nearly closed has its ends anywhere.
  if (Math.abs(sweep) < 0.08 || Math.abs(sweep) > 5.5) return undefined;
  return { kind: 'arc', from, to, centre, radius, clockwise: sweep > 0 } as const;
}

/** Angle that a run of points passes through as seen from a centre; positive is clockwise on the screen. */
function sweepOf(points: readonly Point[], centre: Point): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [minus(points[i - 1] ?? centre, centre), minus(points[i] ?? centre, centre)];
    sum += Math.atan2(cross(a, b), dot(a, b));
  }
  return sum;
}

/** Indices at which an outline may be cut: where a polygon would have its corners, and evenly between. */
function nodesOf(points: readonly Point[]): number[] {
  const last = points.length - 1;
  const chosen = new Set([0, last]);
  const stack: [number, number][] = [[0, last]];
  const splits: { index: number; away: number }[] = [];
  while (stack.length > 0) {
    const [from, to] = stack.pop() ?? [0, 0];
    const [a, b] = [points[from] ?? origin, points[to] ?? origin];
    const direction = unit(minus(b, a));
    let [index, away] = [from, 0];
    for (let i = from + 1; i < to; i++) {
      const offset = minus(points[i] ?? a, a);
      const miss =
        direction[0] === 0 && direction[1] === 0 ? Math.hypot(...offset) : Math.abs(cross(direction, offset));
      if (miss > away) [index, away] = [i, miss];
    }
    if (away < 0.3) continue;
    splits.push({ index, away });
    stack.push([from, index], [index, to]);
  }
  splits.sort((a, b) => b.away - a.away);
  for (const { index } of splits.slice(0, (MOST_NODES * 2) / 3)) chosen.add(index);
  const stride = Math.max(2, last / (MOST_NODES - chosen.size));
  for (let at = stride; at < last; at += stride) chosen.add(Math.round(at));
  return [...chosen].sort((a, b) => a - b);
}
