import { depthOf } from '../../../../../tools/image/depth.ts';
import { areaOf, type Field, shareAt } from '../field.ts';
import { distance, type Loop, lengthOf, minus, type Point, perimeter, plus, unit } from '../geometry.ts';
import { evenly } from '../path.ts';
import { bridged, centred, type Middle } from './centreline.ts';
import { cleaned, type Edge, type Graph, graphOf, reversed } from './graph.ts';
import { skeletonOf } from './skeleton.ts';

export type Cap = 'round' | 'butt';

/** A line of constant width. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly closed: boolean;
  readonly width: number;
  readonly cap: Cap;
}

/** A spur along which less than this share has the stroke's width only leads into a corner. */
const SPUR = 0.4;

/** Strokes shorter than this many widths are dots or blocks. */
const LEAST_LENGTH = 2.2;
/** Share by which the width of a stroke may vary. */
const VARIES = 0.05;
/** Directions that differ from opposite by less than this go on through a junction, in radians. */
const STRAIGHT = 0.75;

/**
 * Reads a shape as strokes of one width along middle lines; undefined when it is no line drawing.
 * @param loops the shape's outlines
 */
export function strokesOf(field: Field, loops: readonly Loop[]): Stroke[] | undefined {
  const area = areaOf(field);
  const around = loops.reduce((sum, loop) => sum + perimeter(loop), 0);
  const guess = (2 * area) / Math.max(1, around);
  if (area < LEAST_LENGTH * guess * guess) return undefined;
  const { left, top, columns, rows, values } = field;
  const inside = Uint8Array.from(values, (value) => (value >= 0.5 ? 1 : 0));
  // A disc or block is thicker in its middle than its outline's length allows for a line: no need to thin it.
  const deepest = depthOf(inside, { width: columns, height: rows }).reduce(
    (max, depth) => Math.max(max, depth),
    0,
  );
  if (2 * deepest > 1.8 * guess + 3) return undefined;
  const isSpur = (points: readonly Point[]) => {
    if (lengthOf(points) < 0.95 * guess) return true;
    if (lengthOf(points) > 4 * guess) return false;
    const shifted = points.map((point): Point => [point[0] + left, point[1] + top]);
    const wide = centred(shifted, field, guess, false).filter(
      (middle) => Math.abs(middle.width - guess) < 0.2 * guess,
    );
    return wide.length < SPUR * points.length;
  };
  const graph = cleaned(graphOf(skeletonOf({ columns, rows, inside }), { columns, rows }), guess, isSpur);
  const moved: Graph = {
    nodes: graph.nodes.map((point): Point => [point[0] + left, point[1] + top]),
    edges: graph.edges.map((edge) => ({
      ...edge,
      points: edge.points.map((point): Point => [point[0] + left, point[1] + top]),
    })),
  };
  const chains = chained(moved, guess);
  const measured = chains.map((edge) => centred(edge.points, field, guess, edge.from < 0));
  const width = median(measured.flat().map((middle) => middle.width));
  if (width === undefined || width > 1.6 * guess) return undefined;
  const fits = (middle: Middle) => Math.abs(middle.width - width) <= Math.max(0.3, VARIES * width);
  const all = measured.flat();
  if (all.filter(fits).length < 0.6 * all.length) return undefined;
  const strokes = chains.flatMap((edge, i): Stroke[] => {
    const closed = edge.from < 0 && edge.to < 0;
    const rough = steady(measured[i] ?? [], fits, closed);
    if (rough.length < 2) return [];
    // Once more from the better line, whose normals are truer.
    const better = evenly(bridged(rough, width, closed));
    const good = steady(centred(better, field, width, closed), fits, closed);
    if (good.length < 2) return [];
    const line = bridged(good, width, closed);
    if (closed) return [{ points: line, closed, width, cap: 'round' }];
    const start = ended(field, line, width, moved.nodes[edge.from], isFree(moved, chains, edge.from));
    const end = ended(
      field,
      [...start.line].reverse(),
      width,
      moved.nodes[edge.to],
      isFree(moved, chains, edge.to),
    );
    const cap: Cap = start.cap === 'butt' || end.cap === 'butt' ? 'butt' : 'round';
    return [{ points: [...end.line].reverse(), closed, width, cap }];
  });
  return strokes.length > 0 && isCovered(strokes, loops, width) ? strokes : undefined;
}

/** Points of the right width whose neighbours have it too: next to a junction the middle is drawn aside. */
function steady(middles: readonly Middle[], fits: (middle: Middle) => boolean, closed: boolean): Middle[] {
  const n = middles.length;
  const good = middles.map(fits);
  return middles.filter((_, i) => {
    for (let k = -2; k <= 2; k++) {
      const j = closed ? (i + k + n) % n : Math.min(n - 1, Math.max(0, i + k));
      if (!good[j]) return false;
    }
    return true;
  });
}

/** Joins edges that go straight on through a junction into one line each. */
function chained(graph: Graph, width: number): Edge[] {
  let edges = [...graph.edges];
  for (const node of graph.nodes.keys()) {
    for (;;) {
      const touching = edges.flatMap((edge) => {
        const ends: { edge: Edge; out: Edge }[] = [];
        if (edge.from === node) ends.push({ edge, out: edge });
        if (edge.to === node) ends.push({ edge, out: reversed(edge) });
        return ends;
      });
      let best: { a: (typeof touching)[number]; b: (typeof touching)[number]; off: number } | undefined;
      for (const [i, a] of touching.entries()) {
        for (const b of touching.slice(i + 1)) {
          const [u, v] = [leaving(a.out, width), leaving(b.out, width)];
          const off = Math.PI - Math.abs(Math.atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]));
          if (off < (best?.off ?? STRAIGHT)) best = { a, b, off };
        }
      }
      if (!best) break;
      const { a, b } = best;
      if (a.edge === b.edge) {
        edges = edges.map((edge) =>
          edge === a.edge ? { from: -1, to: -1, points: edge.points.slice(0, -1) } : edge,
        );
        continue;
      }
      edges = edges.filter((edge) => edge !== a.edge && edge !== b.edge);
      const inwards = reversed(a.out);
      // The node itself now belongs to this line alone: what else ends there ends on it.
      const line: Edge = {
        from: inwards.from === node ? -2 : inwards.from,
        to: b.out.to === node ? -2 : b.out.to,
        points: [...inwards.points, ...b.out.points.slice(1)],
      };
      edges.push(line);
    }
  }
  return edges;
}

/** Direction in which an edge leaves its first node, measured where the junction no longer bends it. */
function leaving({ points }: Edge, width: number): Point {
  const near = points[Math.min(points.length - 1, Math.round(width * 0.6))] ?? [0, 0];
  const far = points[Math.min(points.length - 1, Math.round(width * 1.8) + 2)] ?? near;
  const direction = unit(minus(far, near));
  return direction[0] === 0 && direction[1] === 0 ? unit(minus(far, points[0] ?? far)) : direction;
}

function isFree(graph: Graph, chains: readonly Edge[], node: number): boolean {
  if (node < 0 || !graph.nodes[node]) return false;
  return graph.edges.filter(({ from, to }) => from === node || to === node).length === 1 && chains.length > 0;
}

/** Brings the first end of a line to where the stroke ends: its cap's centre, its flat end, or its junction. */
function ended(
  field: Field,
  line: readonly Point[],
  width: number,
  node: Point | undefined,
  free: boolean,
): { line: Point[]; cap: Cap } {
  const [first] = line;
  if (!first) return { line: [...line], cap: 'round' };
  const back = line[Math.min(line.length - 1, Math.max(2, Math.round(width / 2)))] ?? first;
  const out = unit(minus(first, back));
  if (!free) return { line: node ? [...beyond(line, node, out), ...line] : [...line], cap: 'round' };
  // Measured from a point well inside, so that the cap's own shape does not matter.
  let reach = 0;
  while (reach < 4 * width + 8 && shareAt(field, plus(first, out, reach)) >= 0.5) reach += 0.1;
  const tip = plus(first, out, reach);
  const normal: Point = [-out[1], out[0]];
  const corner = (side: number) =>
    shareAt(field, plus(plus(tip, out, -0.1 * width), normal, side * 0.42 * width));
  const flat = width >= 1.8 && corner(1) >= 0.42 && corner(-1) >= 0.42;
  const end = flat ? tip : plus(tip, out, -width / 2);
  const behind = line.filter((point) => (point[0] - end[0]) * out[0] + (point[1] - end[1]) * out[1] < -0.3);
  return { line: [end, ...(behind.length > 0 ? behind : line.slice(-1))], cap: flat ? 'butt' : 'round' };
}

/** A junction's own point, when the line leads to it. */
function beyond(line: readonly Point[], node: Point, out: Point): Point[] {
  const [first = node] = line;
  const ahead = (node[0] - first[0]) * out[0] + (node[1] - first[1]) * out[1];
  return ahead > 0.5 ? [plus(first, out, ahead)] : [];
}

/** Every point of the outlines lies half a width from some middle line, but for flat ends and pointed corners. */
function isCovered(strokes: readonly Stroke[], loops: readonly Loop[], width: number): boolean {
  const segments = strokes.flatMap(({ points, closed }) => {
    const ends = closed ? [...points, points[0] ?? [0, 0]] : points;
    return ends.slice(1).map((b, i) => [ends[i] ?? b, b] as const);
  });
  const slack = Math.max(0.5, 0.08 * width);
  let [off, count] = [0, 0];
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      const point = loop[i];
      if (!point) continue;
      let nearest = Infinity;
      for (const [a, b] of segments) nearest = Math.min(nearest, distanceToSegment(point, a, b));
      count++;
      if (Math.abs(nearest - width / 2) > slack) off++;
      if (nearest > 1.6 * width + 2) return false;
    }
  }
  const long = strokes.some(({ points }) => lengthOf(points) >= LEAST_LENGTH * width);
  return long && off <= 0.12 * count;
}

function distanceToSegment(point: Point, a: Point, b: Point): number {
  const [along, offset] = [minus(b, a), minus(point, a)];
  const square = along[0] ** 2 + along[1] ** 2;
  const t =
    square === 0 ? 0 : Math.min(1, Math.max(0, (offset[0] * along[0] + offset[1] * along[1]) / square));
  return distance(point, plus(a, along, t));
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
