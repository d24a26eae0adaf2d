import type { Align } from '../../../tools/table/look.ts';
import type { DraftCell, TableDraft } from './draft.ts';

/**
 * Writes a table as GitHub-flavoured Markdown, whose first row is the head; a table without one gets an empty
 * head. Undefined for a table with joined cells or a head of several rows: Markdown cannot say those.
 */
export function markdownOf({ rows, columns, headRows, cells }: TableDraft): string | undefined {
  if (headRows > 1 || cells.some(({ rowspan, colspan }) => rowspan > 1 || colspan > 1)) return undefined;
  const row = (index: number) =>
    Array.from({ length: columns }, (_, column) => {
      const cell = cells.find((one) => one.row === index && one.column === column);
      return cell ? cellMarkdown(cell) : '';
    });
  const head = headRows === 1 ? row(0) : Array.from({ length: columns }, () => '');
  const body = Array.from({ length: rows - headRows }, (_, index) => row(headRows + index));
  const width = (column: number) =>
    Math.max(3, ...[head, ...body].map((line) => [...(line[column] ?? '')].length));
  const aligns = Array.from({ length: columns }, (_, column) => alignOf(cells, column, headRows));
  const write = (line: readonly string[]) =>
    `| ${line.map((text, column) => text + ' '.repeat(Math.max(0, width(column) - [...text].length))).join(' | ')} |`;
  const marks = aligns.map((align, column) => {
    const dashes = '-'.repeat(width(column) - (align === 'left' ? 0 : align === 'right' ? 1 : 2));
    return align === 'left' ? dashes : align === 'right' ? `${dashes}:` : `:${dashes}:`;
  });
  return [write(head), write(marks), ...body.map(write), ''].join('\n');
}

/** The alignment of most of a column's filled cells. */
function alignOf(cells: readonly DraftCell[], column: number, headRows: number): Align {
  const counts = { left: 0, center: 0, right: 0 };
  for (const cell of cells) {
    if (cell.column === column && cell.row >= headRows && cell.text !== '') counts[cell.look.align]++;
  }
  if (counts.right > Math.max(counts.left, counts.center)) return 'right';
  return counts.center > counts.left ? 'center' : 'left';
}

/** Characters that Markdown or HTML within it would take for markup. */
function cellMarkdown({ text, look, head }: DraftCell): string {
  const plain = text.replace(/[\\|`*_[\]<>&~]/g, (character) =>
    character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
  return look.bold && !head && plain !== '' ? `**${plain}**` : plain;
}
