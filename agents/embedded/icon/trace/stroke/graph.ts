import { lengthOf, type Point } from '../geometry.ts';
import type { Mask } from './skeleton.ts';

/** A stretch of a middle line between two nodes; a closed one has no nodes (-1). */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** From node to node, both included. */
  readonly points: readonly Point[];
}

/** A middle line as a graph: nodes are ends and junctions. */
export interface Graph {
  readonly nodes: readonly Point[];
  readonly edges: readonly Edge[];
}

/** Reads a one-pixel skeleton as a graph, in coordinates of the mask (pixel centres at halves). */
export function graphOf(skeleton: Uint8Array, { columns, rows }: Omit<Mask, 'inside'>): Graph {
  const around = [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1];
  const pointOf = (i: number): Point => [(i % columns) + 0.5, Math.floor(i / columns) + 0.5];
  const on: number[] = [];
  for (let i = 0; i < columns * rows; i++) if (skeleton[i] === 1) on.push(i);
  const neighboursOf = (i: number) => around.map((offset) => i + offset).filter((j) => skeleton[j] === 1);
  const nodeAt = new Map<number, number>();
  const nodes: Point[] = [];
  for (const i of on) {
    if (nodeAt.has(i) || neighboursOf(i).length === 2) continue;
    // Touching junction pixels are one node.
    const group = [i];
    nodeAt.set(i, nodes.length);
    for (const member of group) {
      for (const j of neighboursOf(member)) {
        if (nodeAt.has(j) || neighboursOf(j).length < 3 || neighboursOf(member).length < 3) continue;
        nodeAt.set(j, nodes.length);
        group.push(j);
      }
    }
    const points = group.map(pointOf);
    nodes.push([
      points.reduce((sum, [x]) => sum + x, 0) / points.length,
      points.reduce((sum, [, y]) => sum + y, 0) / points.length,
    ]);
  }
  const seen = new Set<number>();
  const edges: Edge[] = [];
  const walk = (start: number, first: number): void => {
    const chain = [first];
    let [before, at] = [start, first];
    seen.add(first);
    while (!nodeAt.has(at)) {
      const next = neighboursOf(at).find(
        (j) =>
          j !== before &&
          (nodeAt.has(j) ? !(chain.length === 1 && nodeAt.get(j) === nodeAt.get(start)) : !seen.has(j)),
      );
      if (next === undefined) break;
      [before, at] = [at, next];
      chain.push(at);
      if (!nodeAt.has(at)) seen.add(at);
    }
    const [from, to] = [nodeAt.get(start) ?? -1, nodeAt.get(at) ?? -1];
    const inner = chain.filter((i) => !nodeAt.has(i)).map(pointOf);
    const ends = (node: number): Point[] => (nodes[node] ? [nodes[node]] : []);
    edges.push({ from, to, points: [...ends(from), ...inner, ...ends(to)] });
  };
  for (const i of nodeAt.keys()) {
    for (const j of neighboursOf(i)) {
      if (nodeAt.has(j)) {
        const [a, b] = [nodeAt.get(i) ?? 0, nodeAt.get(j) ?? 0];
        if (a < b) edges.push({ from: a, to: b, points: [nodes[a] ?? pointOf(i), nodes[b] ?? pointOf(j)] });
      } else if (!seen.has(j)) walk(i, j);
    }
  }
  for (const i of on) {
    if (nodeAt.has(i) || seen.has(i)) continue;
    seen.add(i);
    const chain = [i];
    for (let at: number | undefined = i; at !== undefined; ) {
      at = neighboursOf(at).find((j) => !seen.has(j));
      if (at === undefined) break;
      seen.add(at);
      chain.push(at);
    }
    edges.push({ from: -1, to: -1, points: chain.map(pointOf) });
  }
  return { nodes, edges };
}

/**
 * Takes off what thinning adds to a stroke of some width: short spurs towards its corners, and short bridges
 * between junctions that are one crossing.
 * @param isSpur whether a loose end only leads into a corner
 */
export function cleaned(graph: Graph, width: number, isSpur: (points: readonly Point[]) => boolean): Graph {
  let { nodes, edges } = graph;
  const degree = (node: number) =>
    edges.reduce((sum, { from, to }) => sum + (from === node ? 1 : 0) + (to === node ? 1 : 0), 0);
  for (let changed = true; changed; ) {
    changed = false;
    const spur = edges
      .filter(({ from, to, points }) => {
        if (from < 0 || from === to) return false;
        const [a, b] = [degree(from), degree(to)];
        return Math.min(a, b) === 1 && Math.max(a, b) >= 3 && isSpur(points);
      })
      .sort((a, b) => lengthOf(a.points) - lengthOf(b.points))[0];
    const bridge = edges.find(
      ({ from, to, points }) =>
        from >= 0 && from !== to && degree(from) >= 3 && degree(to) >= 3 && lengthOf(points) < 1.1 * width,
    );
    if (spur) {
      edges = edges.filter((edge) => edge !== spur);
      changed = true;
    } else if (bridge) {
      const [kept, gone] = [bridge.from, bridge.to];
      const [a, b] = [nodes[kept] ?? [0, 0], nodes[gone] ?? [0, 0]];
      const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      nodes = nodes.map((node, i) => (i === kept ? middle : node));
      edges = edges
        .filter((edge) => edge !== bridge)
        .map(({ from, to, points }) => ({
          from: from === gone ? kept : from,
          to: to === gone ? kept : to,
          points,
        }));
      changed = true;
    } else {
      const through = nodes.findIndex((_, node) => {
        const touching = edges.filter(({ from, to }) => from === node || to === node);
        return touching.length === 2 && degree(node) === 2;
      });
      const ring = edges.find(({ from, to }) => from >= 0 && from === to && degree(from) === 2);
      if (through >= 0) edges = joined(edges, through);
      else if (ring) edges = edges.map((edge) => (edge === ring ? closed(edge) : edge));
      changed = through >= 0 || ring !== undefined;
    }
  }
  return { nodes, edges };
}

/** Joins the two edges that meet in a node of no others. */
function joined(edges: readonly Edge[], node: number): Edge[] {
  const touching = edges.filter(({ from, to }) => from === node || to === node);
  const [first, second] = touching;
  if (!first || !second) return [...edges];
  const inwards = first.to === node ? first : reversed(first);
  const outwards = second.from === node ? second : reversed(second);
  const rest = edges.filter((edge) => edge !== first && edge !== second);
  const points = [...inwards.points, ...outwards.points.slice(1)];
  const ring = inwards.from === outwards.to && inwards.from >= 0;
  // A ring whose only node is gone is a closed line.
  const alone = ring && !rest.some(({ from, to }) => from === inwards.from || to === inwards.from);
  if (alone) return [...rest, closed({ from: -1, to: -1, points })];
  return [...rest, { from: inwards.from, to: outwards.to, points }];
}

/** An edge that comes back to its start, without its node. */
function closed({ points }: Edge): Edge {
  return { from: -1, to: -1, points: points.slice(0, -1) };
}

export function reversed({ from, to, points }: Edge): Edge {
  return { from: to, to: from, points: [...points].reverse() };
}
