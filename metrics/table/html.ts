import { Parser } from 'htmlparser2';

/** An element of parsed HTML. Comments are dropped. */
export interface HtmlElement {
  /** Lower case. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (HtmlElement | string)[];
}

/** Deeper elements become siblings at this depth: libxml2, under the field's table metrics, gives up there too. */
const MAX_DEPTH = 256;

/**
 * Parses HTML as a browser's tag soup, without making up elements that are not written (no implied tbody).
 * Never throws; unclosed and misnested tags are closed where htmlparser2 closes them.
 */
export function parseHtml(html: string): HtmlElement {
  const root: HtmlElement = { name: '', attributes: {}, children: [] };
  const open: HtmlElement[] = [root];
  let tooDeep = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      const element: HtmlElement = { name, attributes, children: [] };
      open.at(-1)?.children.push(element);
      if (open.length <= MAX_DEPTH) open.push(element);
      else tooDeep++;
    },
    onclosetag() {
      if (tooDeep > 0) tooDeep--;
      else if (open.length > 1) open.pop();
    },
    ontext(text) {
      const siblings = open.at(-1)?.children ?? root.children;
      const last = siblings.at(-1);
      if (typeof last === 'string') siblings[siblings.length - 1] = last + text;
      else siblings.push(text);
    },
  });
  parser.end(html);
  return root;
}

/** The elements below `element` that `wanted` accepts, in document order. */
export function descendants(element: HtmlElement, wanted: (element: HtmlElement) => boolean): HtmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    const below = descendants(child, wanted);
    return wanted(child) ? [child, ...below] : below;
  });
}

/** The text of an element and of all below it. */
export function textOf(element: HtmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
