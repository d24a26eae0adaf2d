import { levenshtein } from '../text/levenshtein.ts';
import { shortPattern } from '../text/short-pattern.ts';
import type { Postorder } from './postorder.ts';
import type { TableNode } from './tree.ts';

/**
 * Costs of renaming nodes of the first tree to every node of the second: 1 when the labels differ; for two cells
 * the Levenshtein distance of their tokens over the longer's length; else 0. The array is reused by the next call.
 */
export function renames(first: Postorder, second: Postorder): (node: number) => Float64Array {
  const numbers = new Map<string, number>();
  const numberOf = (label: string) => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  };
  const firstLabels = first.nodes.map(({ label }) => numberOf(label));
  const secondLabels = Int32Array.from(second.nodes, ({ label }) => numberOf(label));
  const { distinct, indexOf } = distinctContents(second.nodes);
  const distancesTo = contentDistances(distinct);
  const costs = new Float64Array(second.nodes.length);
  return (node) => {
    const label = firstLabels[node] ?? -1;
    const content = first.nodes[node]?.content;
    const distances = content ? distancesTo(content) : undefined;
    for (let j = 0; j < costs.length; j++) {
      costs[j] = secondLabels[j] === label ? (distances?.[indexOf[j] ?? 0] ?? 0) : 1;
    }
    return costs;
  };
}

/** The different contents of a tree's cells, and which of them each node has: in tables many cells are alike. */
function distinctContents(nodes: readonly TableNode[]): { distinct: Int32Array[]; indexOf: Int32Array } {
  const distinct: Int32Array[] = [];
  const seen = new Map<string, number>();
  const indexOf = Int32Array.from(nodes, ({ content }) => {
    if (!content) return -1;
    const key = content.join();
    const index = seen.get(key) ?? distinct.length;
    if (index === distinct.length) {
      seen.set(key, index);
      distinct.push(content);
    }
    return index;
  });
  return { distinct, indexOf };
}

/** Normalised distances (0 equal to 1 unlike) of one content to each of a list. */
function contentDistances(contents: readonly Int32Array[]): (content: Int32Array) => Float64Array {
  const symbols = new Map<number, number>();
  const numbered = contents.map((content) =>
    content.map((token) => {
      const number = symbols.get(token) ?? symbols.size;
      symbols.set(token, number);
      return number;
    }),
  );
  const distances = new Float64Array(contents.length);
  const short = shortPattern(symbols.size);
  return (content) => {
    // Symbols that none of the contents has can match nothing.
    const pattern = content.map((token) => symbols.get(token) ?? -1);
    const distanceTo =
      pattern.length <= 32 ? short(pattern) : (text: Int32Array) => levenshtein(pattern, text);
    numbered.forEach((text, index) => {
      const longest = Math.max(pattern.length, text.length);
      distances[index] = longest === 0 ? 0 : distanceTo(text) / longest;
    });
    return distances;
  };
}
