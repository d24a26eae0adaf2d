import { type HtmlElement, parseHtml } from './html.ts';
import { markdownTableToHtml } from './markdown.ts';

const voidElements = new Set(
  'area base basefont br col command embed hr image img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);
const unwrapped = new Set(['thead', 'span']);

/**
 * A table as OmniDocBench compares it: th written td; thead and span taken off; a math element as its alt text in
 * dollars; entities decoded; line ends dropped; Unicode NFKC; style, height, width, align, class and tbody dropped;
 * white space collapsed; plain sup, sub, div and p tags and colgroup dropped. Markdown becomes HTML first.
 * Empty when the text holds no table.
 * @see OmniDocBench, utils/data_preprocess.py, normalized_html_table
 */
export function normaliseTable(text: string): string {
  const html = /<table/i.test(text) ? text : markdownTableToHtml(text);
  if (html === '') return '';
  const source = serialise(parseHtml(html)).replaceAll('\n', '').normalize('NFKC').trim();
  const inside = /<table\b[^>]*>(.*)<\/table>/is.exec(source)?.[1] ?? '';
  const plain = inside
    .replace(/ (style|height|width|align|class)=".*?"/g, '')
    .replace(/<\/?tbody>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(sup|sub|span|div|p)>/g, '')
    .replace(/<colgroup>.*?<\/colgroup>/g, '');
  return `<html><body><table border="1" >${plain}</table></body></html>`;
}

function serialise({ children }: HtmlElement): string {
  return children.map((child) => (typeof child === 'string' ? collapsed(child) : written(child))).join('');
}

/** White space alone becomes one line end if it has one, else one space, as BeautifulSoup reads it. */
function collapsed(text: string): string {
  if (/[^\t\n\f\r ]/.test(text)) return text;
  return text.includes('\n') ? '\n' : ' ';
}

function written(element: HtmlElement): string {
  const { name, attributes } = element;
  if (unwrapped.has(name)) return serialise(element);
  const { alttext = '' } = attributes;
  if (name === 'math') return `$${alttext}$`;
  const tag = name === 'th' ? 'td' : name;
  const list = Object.entries(attributes).map(([key, value]) =>
    value.includes('"') ? ` ${key}='${value}'` : ` ${key}="${value}"`,
  );
  const open = `${tag}${list.join('')}`;
  return voidElements.has(name) ? `<${open}/>` : `<${open}>${serialise(element)}</${tag}>`;
}
