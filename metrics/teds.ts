import type { Score } from './score.ts';
import { descendants, type HtmlElement, parseHtml } from './table/html.ts';
import { tableTree, tagNumbers } from './table/tree.ts';
import { treeEditDistance } from './table/tree-edit-distance.ts';

export interface TedsOptions {
  /** Compare the structure alone, with every cell empty (TEDS-S). Default: false. */
  readonly structureOnly?: boolean;
  /**
   * As the PubTabNet script: only a table that is a child of body counts, so a bare `<table>` scores 0.
   * Default: false, the first table counts wherever it stands.
   */
  readonly referenceCompatible?: boolean;
  /** Steps that may be taken for one pair, some 5 to 10 ns each. Default: 1e10. */
  readonly maxOperations?: number;
}

/**
 * Tree-edit-distance similarity of two HTML tables, at most 1 (equal): 1 - distance / max(elements of either).
 * Like its definition it can fall below 0 for two trees that share nothing. 0 when either has no table.
 * @see Zhong, ShafieiBavani, Jimeno Yepes, "Image-based table recognition", ECCV 2020; PubTabNet src/metric.py
 */
export function teds(
  predicted: string,
  golden: string,
  { structureOnly = false, referenceCompatible = false, maxOperations = 1e10 }: TedsOptions = {},
): Score {
  const name = structureOnly ? 'TEDS-S' : 'TEDS';
  const tables = [predicted, golden].map((html) => firstTable(parseHtml(html), referenceCompatible));
  const [predictedTable, goldenTable] = tables;
  if (!predictedTable || !goldenTable) {
    const which = goldenTable ? 'prediction' : 'reference';
    return { value: 0, parts: {}, explanation: `The ${which} has no table: ${name} 0.` };
  }
  const tagNumber = tagNumbers();
  const first = tableTree(predictedTable, tagNumber, structureOnly);
  const second = tableTree(goldenTable, tagNumber, structureOnly);
  const parts = { predictedElements: first.elements, goldenElements: second.elements };
  const edit = treeEditDistance(first.root, second.root, maxOperations);
  if (!edit) {
    return {
      value: 0,
      parts,
      explanation: `Not compared: ${first.elements} and ${second.elements} elements would take more than the ${maxOperations} operations allowed. Counted as 0.`,
    };
  }
  const { distance, operations } = edit;
  const elements = Math.max(first.elements, second.elements);
  return {
    value: elements === 0 ? 1 : 1 - distance / elements,
    parts: { ...parts, distance, operations },
    explanation: `${name}: ${distance.toFixed(2)} edits between ${first.elements} and ${second.elements} elements.`,
  };
}

function firstTable(root: HtmlElement, childOfBody: boolean): HtmlElement | undefined {
  const isTable = ({ name }: HtmlElement) => name === 'table';
  if (!childOfBody) return descendants(root, isTable)[0];
  const bodies = descendants(root, ({ name }) => name === 'body');
  return bodies
    .flatMap(({ children }) => children.filter((child) => typeof child !== 'string'))
    .find(isTable);
}
