import type { Segmentation } from './segment.ts';

/** A shape's place among the others. */
export interface Node {
  /** Index into the segmentation's shapes. */
  readonly shape: number;
  /** The shape that encloses it; -1 for the ground. */
  readonly parent: number;
  readonly children: readonly number[];
  /** Shapes that it touches. */
  readonly neighbours: ReadonlySet<number>;
}

export interface Scene {
  /** The shape that the others lie on. */
  readonly ground: number;
  /** By shape. */
  readonly nodes: readonly Node[];
  /** Shape that has the lesser share of each pixel; the pixel's own shape where there is none. */
  readonly secondAt: Int32Array;
}

const REACH = 3;

/** Finds what encloses what: a shape is enclosed by another when every way out of it leads through the other. */
export function sceneOf(segmentation: Segmentation): Scene {
  const { shapes, shapeAt, width, height } = segmentation;
  const neighbours = shapes.map(() => new Set<number>());
  const rim = new Uint32Array(shapes.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shape = shapeAt[y * width + x] ?? 0;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) rim[shape] = (rim[shape] ?? 0) + 1;
      for (const other of [
        x + 1 < width ? shapeAt[y * width + x + 1] : shape,
        shapeAt[(y + 1) * width + x],
      ]) {
        if (other === undefined || other === shape) continue;
        neighbours[shape]?.add(other);
        neighbours[other]?.add(shape);
      }
    }
  }
  const ground = rim.reduce((most, count, shape) => (count > (rim[most] ?? 0) ? shape : most), 0);
  const parents = enclosers(neighbours, rim, ground);
  const children = shapes.map((): number[] => []);
  for (const [shape, parent] of parents.entries()) children[parent]?.push(shape);
  const nodes = shapes.map((_, shape) => ({
    shape,
    parent: parents[shape] ?? -1,
    children: children[shape] ?? [],
    neighbours: neighbours[shape] ?? new Set<number>(),
  }));
  return { ground, nodes, secondAt: secondShapes(segmentation) };
}

/** Immediate dominators of the touching graph, seen from outside (Cooper, Harvey and Kennedy 2001). */
function enclosers(neighbours: readonly ReadonlySet<number>[], rim: Uint32Array, ground: number): Int32Array {
  const order: number[] = [];
  const rank = new Int32Array(neighbours.length).fill(-1);
  const visit = (shape: number) => {
    rank[shape] = order.push(shape) - 1;
  };
  visit(ground);
  for (const [shape, count] of rim.entries()) if (count > 0 && rank[shape] === -1) visit(shape);
  for (let i = 0; i < order.length; i++) {
    for (const other of neighbours[order[i] ?? 0] ?? []) if (rank[other] === -1) visit(other);
  }
  const parent = new Int32Array(neighbours.length).fill(-2);
  parent[ground] = -1;
  // What touches the picture's border lies on the ground, whatever else it touches.
  for (const [shape, count] of rim.entries()) if (count > 0 && shape !== ground) parent[shape] = ground;
  const meet = (a: number, b: number): number => {
    let [p, q] = [a, b];
    while (p !== q) {
      while ((rank[p] ?? 0) > (rank[q] ?? 0)) p = parent[p] ?? ground;
      while ((rank[q] ?? 0) > (rank[p] ?? 0)) q = parent[q] ?? ground;
    }
    return p;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const shape of order) {
      if (shape === ground || (rim[shape] ?? 0) > 0) continue;
      let found = -2;
      for (const other of neighbours[shape] ?? []) {
        if (parent[other] === -2) continue;
        found = found === -2 ? other : meet(found, other);
      }
      if (found !== -2 && parent[shape] !== found) {
        parent[shape] = found;
        changed = true;
      }
    }
  }
  return parent;
}

/** The nearest shape of the surface that has the lesser share of each edge pixel. */
function secondShapes({ width, height, first, second, shapeAt }: Segmentation): Int32Array {
  const secondAt = Int32Array.from(shapeAt);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const wanted = second[i];
      if (wanted === first[i]) continue;
      let nearest = Infinity;
      for (let ny = Math.max(0, y - REACH); ny <= Math.min(height - 1, y + REACH); ny++) {
        for (let nx = Math.max(0, x - REACH); nx <= Math.min(width - 1, x + REACH); nx++) {
          const away = (nx - x) ** 2 + (ny - y) ** 2;
          const other = ny * width + nx;
          if (away >= nearest || first[other] !== wanted) continue;
          nearest = away;
          secondAt[i] = shapeAt[other] ?? 0;
        }
      }
    }
  }
  return secondAt;
}
