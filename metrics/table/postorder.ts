import type { TableNode } from './tree.ts';

/** A tree whose nodes are numbered in postorder from 0; the root is the last. */
export interface Postorder {
  readonly nodes: readonly TableNode[];
  /** The number of the leftmost leaf below each node; a leaf's own number. */
  readonly leftmost: Int32Array;
  /** The number of each node's parent; of the root its own. */
  readonly parent: Int32Array;
  /** The highest node that has the same leftmost leaf: Zhang and Shasha's keyroot of the node's path. */
  readonly keyroot: Int32Array;
  /** Sum of the sizes of the subtrees of keyroots that are no leaves. */
  readonly work: number;
  /** Levels below the root. */
  readonly depth: number;
}

/** @param mirrored number the children from right to left: the edit distance of two mirrored trees is the same */
export function postorder(root: TableNode, mirrored = false): Postorder {
  const nodes: TableNode[] = [];
  const leftmost: number[] = [];
  const parent: number[] = [];
  let depth = 0;
  const visit = (node: TableNode, level: number): number => {
    const first = nodes.length;
    depth = Math.max(depth, level);
    const children = mirrored ? node.children.toReversed() : node.children;
    const numbers = children.map((child) => visit(child, level + 1));
    const number = nodes.length;
    for (const child of numbers) parent[child] = number;
    leftmost.push(first);
    parent.push(number);
    nodes.push(node);
    return number;
  };
  visit(root, 0);
  // The last node of a path that is met in postorder is the highest.
  const highest = new Int32Array(nodes.length);
  leftmost.forEach((leaf, node) => {
    highest[leaf] = node;
  });
  const keyroot = Int32Array.from(leftmost, (leaf) => highest[leaf] ?? leaf);
  const work = leftmost.reduce(
    (sum, leaf, node) => (keyroot[node] === node && leaf !== node ? sum + node - leaf + 1 : sum),
    0,
  );
  return {
    nodes,
    leftmost: Int32Array.from(leftmost),
    parent: Int32Array.from(parent),
    keyroot,
    work,
    depth,
  };
}
