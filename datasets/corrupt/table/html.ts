import { Parser } from 'htmlparser2';
import { DatasetError } from '../../../core/errors.ts';
import { type TableSource, tableOf, type Writer, type WrittenCell, type WrittenRow } from './source.ts';

interface OpenCell {
  readonly start: number;
  readonly tagEnd: number;
  readonly header: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  readonly texts: { start: number; end: number; value: string }[];
}

const MAX_DEPTH = 2000;

/**
 * The largest table of some HTML, with the places of its rows and cells in the code. Tables within its cells are
 * part of those. Without any table, one without rows.
 * @throws DatasetError when elements are nested more than 2,000 deep.
 */
export function readHtmlTable(code: string): TableSource {
  const tables: WrittenRow[][] = [];
  let rows: WrittenRow[] = [];
  let row: { start: number; cells: WrittenCell[] } | undefined;
  let cell: OpenCell | undefined;
  /** Tables open now: only what is in the outermost counts. */
  let depth = 0;
  let elements = 0;

  const closeCell = (innerEnd: number, end: number) => {
    if (cell && row) {
      const { start, tagEnd, ...rest } = cell;
      row.cells.push({ ...rest, start, end, inner: { start: tagEnd, end: innerEnd } });
    }
    cell = undefined;
  };
  const closeRow = (tail: number, end: number) => {
    if (row && row.cells.length > 0) rows.push({ ...row, tail, end });
    row = undefined;
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      elements += 1;
      if (elements > MAX_DEPTH) {
        throw new DatasetError(`The HTML is nested more than ${MAX_DEPTH} deep, which cannot be damaged.`);
      }
      if (name === 'table') depth += 1;
      if (depth !== 1) return;
      const start = parser.startIndex;
      if (name === 'tr') row = { start, cells: [] };
      if ((name === 'td' || name === 'th') && row) {
        cell = {
          start,
          tagEnd: parser.endIndex + 1,
          header: name === 'th',
          colspan: span(attributes['colspan']),
          rowspan: span(attributes['rowspan']),
          texts: [],
        };
      }
    },
    ontext(value) {
      if (!cell || depth !== 1) return;
      const [start, end] = [parser.startIndex, parser.endIndex + 1];
      const last = cell.texts.at(-1);
      if (last?.end === start) Object.assign(last, { end, value: last.value + value });
      else cell.texts.push({ start, end, value });
    },
    onclosetag(name, implied) {
      elements -= 1;
      const start = parser.startIndex;
      // What closes an element without a tag of its own begins where the element ends.
      const end = isEndTag(code, start, name) && !implied ? parser.endIndex + 1 : start;
      if (depth === 1 && (name === 'td' || name === 'th')) closeCell(start, end);
      if (depth === 1 && name === 'tr') closeRow(start, end);
      if (name !== 'table') return;
      if (depth === 1) {
        tables.push(rows);
        rows = [];
      }
      depth = Math.max(0, depth - 1);
    },
  });
  parser.end(code);
  const cells = (table: readonly WrittenRow[]) => table.reduce((sum, one) => sum + one.cells.length, 0);
  const [largest = []] = tables.toSorted((a, b) => cells(b) - cells(a));
  return tableOf(code, largest, htmlWriter(code));
}

function isEndTag(code: string, start: number, name: string): boolean {
  return code.slice(start, start + name.length + 2).toLowerCase() === `</${name}`;
}

function span(value: string | undefined): number {
  const number = Number.parseInt(value ?? '1', 10);
  return Number.isInteger(number) ? Math.max(1, number) : 1;
}

function htmlWriter(code: string): Writer {
  return {
    text: escaped,
    emptyCell: ({ header }) => (header ? '<th></th>' : '<td></td>'),
    emptyRow: (columns) => `<tr>${'<td>&nbsp;</td>'.repeat(columns)}</tr>`,
    spanned(cell, spans) {
      const tag = { start: cell.start, end: cell.inner.start };
      return { ...tag, text: tagWith(code.slice(tag.start, tag.end), spans) };
    },
  };
}

/** A start tag with other spans and everything else as it was. */
function tagWith(tag: string, spans: Readonly<Record<string, number | undefined>>): string {
  let written = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      const all = Object.entries({ ...attributes, ...spans }).filter(
        ([key, value]) => !(key in spans && (value === undefined || value === 1)),
      );
      written = `<${name}${all.map(([key, value]) => ` ${key}="${quoted(String(value))}"`).join('')}>`;
    },
  });
  parser.end(tag);
  return written;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function quoted(text: string): string {
  return escaped(text).replaceAll('"', '&quot;');
}
