import { type Grid, type GridCell, layOut } from './grid.ts';
import { descendants, type HtmlElement, parseHtml, textOf } from './html.ts';
import { cellsOf } from './markdown.ts';

/** The tables of a text, laid out: its Markdown tables first, then its HTML tables (nested ones too). */
export function gridsOf(content: string, { markdown = true } = {}): Grid[] {
  const tables = [...(markdown ? markdownTables(content) : []), ...htmlTables(content)];
  return tables.flatMap((rows) => layOut(rows) ?? []);
}

/** Runs of at least two lines with pipes; rules are dropped, the first row and column are headings. */
function markdownTables(content: string): GridCell[][][] {
  const runs: string[][] = [[]];
  for (const line of content.trim().split('\n')) {
    if (line.includes('|')) runs.at(-1)?.push(line);
    else runs.push([]);
  }
  return runs
    .filter((run) => run.length >= 2)
    .map((run) =>
      run
        .filter((line) => !/^[-:| ]*$/.test(line.trim()))
        .map(cellsOf)
        .filter((row) => row.length > 0)
        .map((row, y) =>
          row.map((text, x) => ({ text, rowspan: 1, colspan: 1, heading: y === 0 || x === 0 })),
        ),
    );
}

function htmlTables(content: string): GridCell[][][] {
  const tables = descendants(parseHtml(content), ({ name }) => name === 'table');
  return tables.map((table) => {
    const inHead = new Set(
      descendants(table, ({ name }) => name === 'thead').flatMap((head) => descendants(head, isRow)),
    );
    const rows = descendants(table, isRow);
    return rows.map((row, y) =>
      row.children.flatMap((cell) => {
        if (typeof cell === 'string' || (cell.name !== 'td' && cell.name !== 'th')) return [];
        const { rowspan = '', colspan = '' } = cell.attributes;
        return {
          text: textOf(withLineEnds(cell)).trim(),
          // HTML: 0 rows means all that are left.
          rowspan: rowspan.trim() === '0' ? rows.length - y : spanOf(rowspan),
          colspan: spanOf(colspan),
          heading: cell.name === 'th' || inHead.has(row),
        };
      }),
    );
  });
}

function isRow({ name }: HtmlElement): boolean {
  return name === 'tr';
}

/** A cell whose br elements are line ends. */
function withLineEnds(element: HtmlElement): HtmlElement {
  const children = element.children.map((child) => {
    if (typeof child === 'string') return child;
    return child.name === 'br' ? '\n' : withLineEnds(child);
  });
  return { ...element, children };
}

function spanOf(attribute: string): number {
  const span = /^\s*\+?\d+\s*$/.test(attribute) ? Number(attribute) : 1;
  return Math.max(1, span);
}
