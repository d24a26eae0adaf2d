import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import xml from 'highlight.js/lib/languages/xml';
import { createLowlight } from 'lowlight';

/** A piece of one line of code; `scope` is highlight.js's class for it, empty for plain text. */
export interface Token {
  readonly text: string;
  readonly scope: string;
}

/** Beyond this many characters code is shown plain: grammars are made for code that a person would read. */
const MAX_HIGHLIGHTED = 150_000;

const grammars: Readonly<Record<string, string>> = {
  matplotlib: 'python',
  html: 'xml',
  svg: 'xml',
  markdown: 'markdown',
  'vega-lite': 'json',
};

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number];

/** The lines of the code as tokens, never as markup: what a model wrote stays text. */
export function highlight(code: string, language: string): Token[][] {
  const grammar = grammars[language];
  if (grammar === undefined || code.length > MAX_HIGHLIGHTED) return linesOf([{ text: code, scope: '' }]);
  const lowlight = createLowlight({ json, markdown, python, xml });
  return linesOf(lowlight.highlight(grammar, code).children.flatMap((node) => tokensOf(node, '')));
}

function tokensOf(node: Node, scope: string): Token[] {
  if (node.type === 'text') return [{ text: node.value, scope }];
  if (node.type !== 'element') return [];
  const { className } = node.properties;
  const inner = Array.isArray(className) ? className.join(' ') : scope;
  return node.children.flatMap((child) => tokensOf(child, inner));
}

function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { text, scope } of tokens) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, scope });
    }
  }
  // A final newline ends the last line; it does not begin another.
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}
