import { leafDistances, leafMinima } from './leaves.ts';
import { type Postorder, postorder } from './postorder.ts';
import { renames } from './rename.ts';
import { stripEqual } from './strip.ts';
import type { TableNode } from './tree.ts';

/** Bounds the length of a row, whatever the product with the other tree: 64 MB. */
const MAX_WORK = 8_000_000;

export interface TreeEdit {
  readonly distance: number;
  /** Steps that were taken: what the time is proportional to. */
  readonly operations: number;
}

/**
 * Least cost of turning one ordered tree into another by deleting (1), inserting (1) and renaming nodes (1 when
 * the labels differ, else the distance of the cells' contents, 0 to 1). Undefined when it would take more than
 * `maxOperations`.
 *
 * Zhang and Shasha (1989), reordered so that the first tree is walked once: the forest distances of every open
 * keyroot ("level") advance together, and only the current row of each is kept. Memory is therefore proportional
 * to the second tree and the nesting, where the textbook form needs a matrix of all pairs of nodes. Leaves, which
 * most nodes of a table are, have their distances in closed form and no levels or lanes of their own. Both trees may
 * be mirrored, which for tables saves as much as APTED's best strategy (docs/decisions/0061-tree-edit-distance.md).
 */
export function treeEditDistance(
  first: TableNode,
  second: TableNode,
  maxOperations = Infinity,
): TreeEdit | undefined {
  const [a, b] = stripEqual(first, second);
  const straight = [postorder(a), postorder(b)] as const;
  const mirrored = [postorder(a, true), postorder(b, true)] as const;
  const [x, y] = operationsOf(...mirrored) < operationsOf(...straight) ? mirrored : straight;
  const operations = operationsOf(x, y);
  if (operations > maxOperations || Math.max(x.work, y.work) > MAX_WORK) return undefined;
  // Rows are kept for each open level of the tree that is walked, so that is the shallower one.
  return { distance: x.depth <= y.depth ? forestDistance(x, y) : forestDistance(y, x), operations };
}

/** Cells of forest-distance matrices, and the renaming costs of all pairs of nodes. */
function operationsOf(first: Postorder, second: Postorder): number {
  return first.work * second.work + first.nodes.length * second.nodes.length;
}

function forestDistance(first: Postorder, second: Postorder): number {
  const lanes = lanesOf(second);
  const renamesOf = renames(first, second);
  const toLeaf = leafDistances(second);
  const minima = leafMinima(first, second);
  const distances = new Float64Array(second.nodes.length);
  const levels: Level[] = [];
  const spare: Float64Array[] = [];
  for (let node = 0; node < first.nodes.length; node++) {
    const start = first.leftmost[node] ?? node;
    const root = first.keyroot[node] ?? node;
    const isLeaf = start === node;
    const rename = renamesOf(node);
    if (isLeaf) toLeaf(rename, distances);
    minima(node, rename, distances);
    if (isLeaf && root !== node) {
      for (const level of levels) level.saved.set(node, level.row);
      levels.push({ row: lanes.emptyRow, saved: new Map() });
    }
    // From the inside out: an outer level reads the distances of the node's subtree that its own level finds.
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      const level = levels[depth];
      if (!level) continue;
      const next = spare.pop() ?? new Float64Array(lanes.emptyRow.length);
      if (!isLeaf && depth === levels.length - 1) advanceTree(level.row, next, lanes, rename, distances);
      else advanceForest(level.row, next, level.saved.get(start) ?? level.row, lanes, distances);
      if (level.row !== lanes.emptyRow && ![...level.saved.values()].includes(level.row)) {
        spare.push(level.row);
      }
      level.row = next;
    }
    if (root === node && !isLeaf) {
      const closed = levels.pop();
      if (closed) spare.push(closed.row);
      for (const { saved } of levels) saved.delete(start);
    }
  }
  return distances.at(-1) ?? 0;
}

/** A keyroot of the first tree that is being walked. */
interface Level {
  /** Distance between the keyroot's forest up to the current node and each prefix of each lane. */
  row: Float64Array;
  /** The rows as they stood before the leaves at which a node that is still open begins. */
  readonly saved: Map<number, Float64Array>;
}

/**
 * The second tree's keyroots that are no leaves, laid end to end; each lane has one place for the empty forest and one
 * for each node.
 */
interface Lanes {
  readonly count: number;
  /** First place of each lane, and the end of the last. */
  readonly start: Int32Array;
  /** The node at each place. */
  readonly node: Int32Array;
  /** The place before the leftmost leaf of the node at each place. */
  readonly before: Int32Array;
  readonly emptyRow: Float64Array;
}

function lanesOf({ nodes, leftmost, keyroot, work }: Postorder): Lanes {
  const roots = nodes
    .map((_, node) => node)
    .filter((node) => keyroot[node] === node && leftmost[node] !== node);
  const places = work + roots.length;
  const start = new Int32Array(roots.length + 1);
  const node = new Int32Array(places);
  const before = new Int32Array(places);
  const emptyRow = new Float64Array(places);
  let place = 0;
  roots.forEach((root, lane) => {
    const from = leftmost[root] ?? root;
    start[lane] = place;
    for (let i = from; i <= root; i++) {
      const at = place + 1 + i - from;
      node[at] = i;
      before[at] = place + (leftmost[i] ?? i) - from;
      emptyRow[at] = at - place;
    }
    place += root - from + 2;
  });
  start[roots.length] = place;
  return { count: roots.length, start, node, before, emptyRow };
}

/** One inner node further in the level that begins where its subtree does: this gives distances of whole subtrees. */
function advanceTree(
  row: Float64Array,
  next: Float64Array,
  lanes: Lanes,
  rename: Float64Array,
  distances: Float64Array,
): void {
  const { count, start, node, before } = lanes;
  for (let lane = 0; lane < count; lane++) {
    const first = start[lane] ?? 0;
    const end = start[lane + 1] ?? 0;
    let left = (row[first] ?? 0) + 1;
    next[first] = left;
    for (let place = first + 1; place < end; place++) {
      const j = node[place] ?? 0;
      const from = before[place] ?? 0;
      const onPath = from === first;
      // Off the path, nothing of the first tree stands before the node: all that stands before j is inserted.
      const matched = onPath ? (row[place - 1] ?? 0) + (rename[j] ?? 0) : from - first + (distances[j] ?? 0);
      left = Math.min(Math.min(row[place] ?? 0, left) + 1, matched);
      next[place] = left;
      if (onPath) distances[j] = left;
    }
  }
}

/** One node further in a level that began before the node's subtree; `saved` is its row before that subtree. */
function advanceForest(
  row: Float64Array,
  next: Float64Array,
  saved: Float64Array,
  lanes: Lanes,
  distances: Float64Array,
): void {
  const { count, start, node, before } = lanes;
  for (let lane = 0; lane < count; lane++) {
    const first = start[lane] ?? 0;
    const end = start[lane + 1] ?? 0;
    let left = (row[first] ?? 0) + 1;
    next[first] = left;
    for (let place = first + 1; place < end; place++) {
      const matched = (saved[before[place] ?? 0] ?? 0) + (distances[node[place] ?? 0] ?? 0);
      left = Math.min(Math.min(row[place] ?? 0, left) + 1, matched);
      next[place] = left;
    }
  }
}
