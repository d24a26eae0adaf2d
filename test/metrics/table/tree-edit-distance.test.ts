import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableNode } from '../../../metrics/table/tree.ts';
import { treeEditDistance } from '../../../metrics/table/tree-edit-distance.ts';

const tree: fc.Arbitrary<TableNode> = fc.letrec<{ node: TableNode; cell: TableNode; inner: TableNode }>(
  (tie) => ({
    node: fc.oneof({ depthSize: 'small' }, tie('cell'), tie('inner')),
    cell: fc.array(fc.integer({ min: 97, max: 99 }), { maxLength: 4 }).map((tokens) => ({
      label: 'td 1 1',
      content: Int32Array.from(tokens),
      children: [],
    })),
    inner: fc
      .record({ label: fc.constantFrom('tr', 'tbody'), children: fc.array(tie('node'), { maxLength: 3 }) })
      .map(({ label, children }) => ({ label, children, content: null })),
  }),
).inner;

test('agrees with the definition, written as a recursion over forests', () => {
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const edit = treeEditDistance(a, b);
      expect(edit?.distance).toBeCloseTo(byDefinition(a, b), 9);
    }),
    { numRuns: 300 },
  );
});

test('what stands equal on both sides is not walked', () => {
  const cell = (text: string): TableNode => ({
    label: 'td 1 1',
    content: Int32Array.from(text, (character) => character.codePointAt(0) ?? 0),
    children: [],
  });
  const table = (cells: readonly string[]): TableNode => ({
    label: 'table',
    content: null,
    children: cells.map((text) => ({ label: 'tr', content: null, children: [cell(text)] })),
  });
  const cells = Array.from({ length: 300 }, (_, i) => `cell ${i}`);
  const edit = treeEditDistance(table(cells), table(cells.with(150, 'another')));
  expect(edit?.operations).toBeLessThan(20);
});

/** Right-to-left recursion on forests of Tai's edit distance, with nothing clever about it. */
function byDefinition(first: TableNode, second: TableNode): number {
  const known = new Map<string, number>();
  const numbers = new Map<TableNode, number>();
  const key = (forest: readonly TableNode[]) =>
    forest
      .map((node) => {
        const number = numbers.get(node) ?? numbers.size;
        numbers.set(node, number);
        return number;
      })
      .join();
  const distance = (left: readonly TableNode[], right: readonly TableNode[]): number => {
    const name = `${key(left)}|${key(right)}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const a = left.at(-1);
    const b = right.at(-1);
    const options: number[] = [];
    if (!a && !b) options.push(0);
    if (a) options.push(distance([...left.slice(0, -1), ...a.children], right) + 1);
    if (b) options.push(distance(left, [...right.slice(0, -1), ...b.children]) + 1);
    if (a && b) {
      options.push(
        distance(left.slice(0, -1), right.slice(0, -1)) + distance(a.children, b.children) + rename(a, b),
      );
    }
    const best = Math.min(...options);
    known.set(name, best);
    return best;
  };
  return distance([first], [second]);
}

function rename(a: TableNode, b: TableNode): number {
  if (a.label !== b.label) return 1;
  const [x, y] = [a.content ?? [], b.content ?? []];
  const longest = Math.max(x.length, y.length);
  if (longest === 0) return 0;
  let row = Array.from({ length: y.length + 1 }, (_, j) => j);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let j = 1; j <= y.length; j++) {
      const diagonal = (row[j - 1] ?? 0) + (x[i - 1] === y[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, diagonal));
    }
    row = next;
  }
  return (row[y.length] ?? 0) / longest;
}
