interface Node {
  readonly children: Node[];
  /** Id of the element that a <use> repeats. */
  readonly repeats: string | undefined;
  size?: { readonly count: number; readonly height: number };
}

export interface RepetitionLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
}

/**
 * Counts what a drawing holds once every <use> is written out: ten levels of ten repeats are ten thousand
 * million elements in a kilobyte. A <use> that contains itself repeats nothing, as in browsers.
 */
export function repetition() {
  const root: Node = { children: [], repeats: undefined };
  const byId = new Map<string, Node>();
  const open: Node[] = [root];
  const visiting = new Set<Node>();

  /** @returns undefined when more than `levels` levels deep. */
  function sizeOf(node: Node, levels: number): Node['size'] | undefined {
    if (visiting.has(node)) return { count: 0, height: 0 };
    if (node.size) return node.size.height > levels ? undefined : node.size;
    if (levels === 0) return undefined;
    visiting.add(node);
    const target = node.repeats === undefined ? undefined : byId.get(node.repeats);
    let [count, height] = [1, 1];
    for (const part of target ? [...node.children, target] : node.children) {
      const size = sizeOf(part, levels - 1);
      if (!size) return undefined;
      count += size.count;
      height = Math.max(height, size.height + 1);
    }
    visiting.delete(node);
    node.size = { count, height };
    return node.size;
  }

  return {
    open(id: string | undefined, repeats: string | undefined): void {
      const node: Node = { children: [], repeats };
      open.at(-1)?.children.push(node);
      open.push(node);
      if (id !== undefined && !byId.has(id)) byId.set(id, node);
    },
    close: () => void open.pop(),
    /** What is too much, in words. Call it once, when the document has ended. */
    excess({ maxDepth, maxElements }: RepetitionLimits): string | undefined {
      const size = sizeOf(root, maxDepth + 1);
      if (!size) return `<use> nests deeper than the ${maxDepth} levels allowed.`;
      if (size.count <= maxElements + 1) return undefined;
      return `<use> repeats more than the ${maxElements} elements allowed.`;
    },
  };
}
