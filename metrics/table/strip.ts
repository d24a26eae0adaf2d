import type { TableNode } from './tree.ts';

/**
 * Two trees of the same edit distance, without what is equal at their edges: equal roots are taken off, and so are
 * equal subtrees at the beginning and at the end of what is below them. Deleting and inserting cost 1 and renaming
 * never less than 0, so some cheapest mapping pairs such subtrees with each other (as for strings).
 * Tables that are compared are mostly alike, so this is where most of the time is saved.
 */
export function stripEqual(first: TableNode, second: TableNode): [TableNode, TableNode] {
  const shapeOf = shapes();
  let left: readonly TableNode[] = [first];
  let right: readonly TableNode[] = [second];
  for (;;) {
    const [a, b] = [left[0], right[0]];
    if (left.length === 1 && right.length === 1 && a && b && !a.content && a.label === b.label) {
      if (shapeOf(a) === shapeOf(b)) return [forest([]), forest([])];
      [left, right] = [a.children, b.children];
      continue;
    }
    const most = Math.min(left.length, right.length);
    const equal = (i: number, j: number) => {
      const [x, y] = [left[i], right[j]];
      return x !== undefined && y !== undefined && shapeOf(x) === shapeOf(y);
    };
    let start = 0;
    while (start < most && equal(start, start)) start++;
    let end = 0;
    while (end < most - start && equal(left.length - 1 - end, right.length - 1 - end)) end++;
    if (start + end === 0) return [forest(left), forest(right)];
    left = left.slice(start, left.length - end);
    right = right.slice(start, right.length - end);
  }
}

/** Trees below a root that every such forest shares. */
function forest(children: readonly TableNode[]): TableNode {
  return { label: '', content: null, children };
}

/** Numbers subtrees so that two have the same number exactly when they are equal. */
function shapes(): (node: TableNode) => number {
  const numbers = new Map<string, number>();
  const known = new Map<TableNode, number>();
  const shapeOf = (node: TableNode): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const inside = node.content ? node.content.join() : node.children.map(shapeOf).join();
    const key = `${node.label}\n${inside}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    known.set(node, number);
    return number;
  };
  return shapeOf;
}
