import { codePoints } from '../text/levenshtein.ts';
import type { HtmlElement } from './html.ts';

/** A node of the tree that TEDS compares (Zhong et al. 2020, PubTabNet): an element of a table; a td is a leaf. */
export interface TableNode {
  /** Equal for two nodes that cost nothing to rename, contents aside: tag, and colspan and rowspan of a td. */
  readonly label: string;
  /** Tokens of a td's inside: characters, and one for each opening and closing tag. Null for all other nodes. */
  readonly content: Int32Array | null;
  readonly children: readonly TableNode[];
}

export interface TableTree {
  readonly root: TableNode;
  /** Elements below the table, those inside cells included although they are no nodes. */
  readonly elements: number;
}

/** Tokens above the last code point stand for tags. */
const FIRST_TAG = 0x110000;

/** Numbers the tags that stand inside cells. Two trees that are compared share one. */
export function tagNumbers(): (tag: string) => number {
  const numbers = new Map<string, number>();
  return (tag) => {
    const number = numbers.get(tag) ?? FIRST_TAG + numbers.size;
    numbers.set(tag, number);
    return number;
  };
}

/** @param structureOnly leave every cell empty (TEDS-S) */
export function tableTree(
  table: HtmlElement,
  tagNumber: (tag: string) => number,
  structureOnly: boolean,
): TableTree {
  let elements = 0;
  const visit = (element: HtmlElement): TableNode => {
    if (element.name !== 'td') {
      const children = element.children.filter((child) => typeof child !== 'string');
      elements += children.length;
      return { label: element.name, content: null, children: children.map(visit) };
    }
    const { colspan, rowspan } = element.attributes;
    const tokens: number[] = [];
    elements += pushTokens(element, tagNumber, tokens);
    return {
      label: `td ${spanOf(colspan)} ${spanOf(rowspan)}`,
      content: Int32Array.from(structureOnly ? [] : tokens),
      children: [],
    };
  };
  const root = visit(table);
  return { root, elements };
}

/** Lists the tokens of an element's inside and returns how many elements are in it. */
function pushTokens(element: HtmlElement, tagNumber: (tag: string) => number, tokens: number[]): number {
  let elements = 0;
  for (const child of element.children) {
    if (typeof child === 'string') {
      for (const point of codePoints(child)) tokens.push(point);
      continue;
    }
    tokens.push(tagNumber(`<${child.name}>`));
    elements += 1 + pushTokens(child, tagNumber, tokens);
    tokens.push(tagNumber(`</${child.name}>`));
  }
  return elements;
}

/** A span attribute as Python's int() reads it; 1 where it is missing or no number. */
function spanOf(attribute: string | undefined): number {
  const text = attribute?.trim() ?? '1';
  return /^[+-]?\d+$/.test(text) ? Number(text) : 1;
}
