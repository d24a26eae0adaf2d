import type { Postorder } from './postorder.ts';

/**
 * Distances from a leaf of the first tree to every subtree of the second, in closed form: one node of the subtree is
 * the leaf, renamed as cheaply as can be (which costs at most 1, less than deleting and inserting), the others are
 * inserted.
 */
export function leafDistances(second: Postorder): (rename: Float64Array, distances: Float64Array) => void {
  const { leftmost, parent } = second;
  const cheapest = new Float64Array(second.nodes.length);
  return (rename, distances) => {
    cheapest.set(rename);
    for (let j = 0; j < cheapest.length; j++) {
      const least = cheapest[j] ?? 0;
      const above = parent[j] ?? j;
      if (least < (cheapest[above] ?? 0)) cheapest[above] = least;
      distances[j] = j - (leftmost[j] ?? j) + least;
    }
  };
}

/**
 * Distances from subtrees of the first tree to every leaf of the second, by the same argument. Called for each node
 * of the first tree in postorder; writes the distances of inner nodes, those of leaves being known already.
 */
export function leafMinima(
  first: Postorder,
  second: Postorder,
): (node: number, rename: Float64Array, distances: Float64Array) => void {
  const leaves = Int32Array.from(second.nodes.keys()).filter((node) => second.leftmost[node] === node);
  const spare: Float64Array[] = [];
  // Of each node that is not finished: the least cost of renaming any node below it to each leaf.
  const open = new Map<number, Float64Array>();
  return (node, rename, distances) => {
    const above = first.parent[node] ?? node;
    const size = node - (first.leftmost[node] ?? node) + 1;
    const least = open.get(node);
    let outer = above === node ? undefined : open.get(above);
    if (!outer && above !== node) {
      outer = (spare.pop() ?? new Float64Array(leaves.length)).fill(1);
      open.set(above, outer);
    }
    for (let index = 0; index < leaves.length; index++) {
      const leaf = leaves[index] ?? 0;
      let cost = rename[leaf] ?? 0;
      if (least) {
        cost = Math.min(cost, least[index] ?? 1);
        distances[leaf] = size - 1 + cost;
      }
      if (outer && cost < (outer[index] ?? 1)) outer[index] = cost;
    }
    if (least) spare.push(least);
    open.delete(node);
  };
}
