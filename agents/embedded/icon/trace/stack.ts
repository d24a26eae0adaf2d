import { type Description, describe, type Surroundings } from './describe.ts';

/** With more touching neighbours than this, who covers whom is decided by size alone. */
const MOST_PAIRS = 24;

/**
 * Describes shapes that lie side by side, lowest first. Of two that touch, the one lies on top that makes both
 * together simplest: a disc with a square over it is simpler than a bitten disc beside a square.
 */
export function stacked(around: Surroundings, siblings: readonly number[]): Description[] {
  const { segmentation, scene } = around;
  const area = (shape: number) => segmentation.shapes[shape]?.area ?? 0;
  const order = [...siblings].sort((a, b) => area(b) - area(a));
  const alone = new Map<number, Description>();
  for (const shape of order) {
    const found = describe(around, shape);
    if (found) alone.set(shape, found);
  }
  const pairs: (readonly [number, number])[] = [];
  for (const [i, a] of order.entries()) {
    for (const b of order.slice(i + 1)) {
      if (alone.has(a) && alone.has(b) && scene.nodes[a]?.neighbours.has(b)) pairs.push([a, b]);
    }
  }
  // Who lies directly on whom.
  const above = new Map<number, Set<number>>(order.map((shape) => [shape, new Set<number>()]));
  for (const [a, b] of pairs) {
    const upper = pairs.length > MOST_PAIRS ? b : upperOf(around, alone, a, b);
    above.get(upper === a ? b : a)?.add(upper);
  }
  const drawing = sorted(order, above);
  return drawing.flatMap((shape, i): Description[] => {
    const found = alone.get(shape);
    if (!found) return [];
    const later = new Set(drawing.slice(i + 1));
    const covers = new Set([...(above.get(shape) ?? [])].filter((other) => later.has(other)));
    return [covers.size > 0 ? (describe(around, shape, covering(around, covers)) ?? found) : found];
  });
}

function upperOf(
  around: Surroundings,
  alone: ReadonlyMap<number, Description>,
  a: number,
  b: number,
): number {
  // A plain form whose edge is whole is not covered by one whose edge is not plain.
  const plain = (shape: number) => alone.get(shape)?.form.kind !== 'path';
  if (plain(a) !== plain(b)) return plain(a) ? a : b;
  const [bBelow, aBelow] = [beneath(around, b, a), beneath(around, a, b)];
  // A bar stands on its base line: the one whose whole side is covered lies below.
  if (aBelow?.tucked !== bBelow?.tucked) return bBelow?.tucked ? a : b;
  const cost = (lower: Description | undefined, upper: number) =>
    (lower?.cost ?? 0) + (alone.get(upper)?.cost ?? 0);
  return cost(bBelow, a) < cost(aBelow, b) ? a : b;
}

function beneath(around: Surroundings, lower: number, upper: number): Description | undefined {
  return describe(around, lower, covering(around, new Set([upper])));
}

/** Shapes with all that lies in them. */
function covering({ scene }: Surroundings, shapes: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set<number>();
  const gather = (shape: number) => {
    all.add(shape);
    for (const child of scene.nodes[shape]?.children ?? []) gather(child);
  };
  for (const shape of shapes) gather(shape);
  return all;
}

/** Lowest first; where shapes lie on one another in a circle, the larger comes first. */
function sorted(order: readonly number[], above: ReadonlyMap<number, ReadonlySet<number>>): number[] {
  const left = new Set(order);
  const result: number[] = [];
  while (left.size > 0) {
    const beneath = (shape: number) => [...left].some((other) => above.get(other)?.has(shape));
    const next =
      order.find((shape) => left.has(shape) && !beneath(shape)) ?? order.find((shape) => left.has(shape));
    if (next === undefined) break;
    left.delete(next);
    result.push(next);
  }
  return result;
}
