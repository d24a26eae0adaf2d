import { hexOf } from '../../../tools/critic/embedded/words.ts';
import type { DraftCell, TableDraft, TableFont } from './draft.ts';

/** Writes a table as a person would: heads in thead, what all cells of a row share on the row. */
export function htmlOf({ rows, headRows, cells, font }: TableDraft): string {
  const row = (index: number) => rowHtml(cells.filter((cell) => cell.row === index));
  const part = (tag: string, from: number, to: number) =>
    to > from
      ? [
          `  <${tag}>`,
          ...Array.from({ length: to - from }, (_, index) => row(from + index)).flat(),
          `  </${tag}>`,
        ]
      : [];
  return [
    `<table${fontStyle(font)}>`,
    ...part('thead', 0, headRows),
    ...part('tbody', headRows, rows),
    '</table>',
    '',
  ].join('\n');
}

/** Only what the renderer would not do by itself: Arial at 14 px. */
function fontStyle(font: TableFont | undefined): string {
  const size = font && Math.round(font.em);
  if (!font || size === undefined || size < 1) return '';
  const plain = font.css.startsWith('Arial,');
  if (plain) return size === 14 ? '' : ` style="font-size:${size}px"`;
  return ` style="font:${size}px ${font.css}"`;
}

function rowHtml(cells: readonly DraftCell[]): string[] {
  const shared = sharedBackground(cells);
  const style = shared === undefined ? '' : ` style="background:${shared}"`;
  return [`    <tr${style}>`, ...cells.map((cell) => `      ${cellHtml(cell, shared)}`), '    </tr>'];
}

function backgroundOf({ look }: DraftCell): string | undefined {
  return look.background && hexOf(look.background);
}

function sharedBackground(cells: readonly DraftCell[]): string | undefined {
  const [first] = cells;
  const background = first && backgroundOf(first);
  const tall = cells.some(({ rowspan }) => rowspan > 1);
  return !tall && cells.every((cell) => backgroundOf(cell) === background) ? background : undefined;
}

function cellHtml(cell: DraftCell, shared: string | undefined): string {
  const { head, text, look, colspan, rowspan } = cell;
  const tag = head ? 'th' : 'td';
  const background = backgroundOf(cell);
  const styles = [
    ...(text !== '' && look.align !== (head ? 'center' : 'left') ? [`text-align:${look.align}`] : []),
    ...(text !== '' && head && !look.bold ? ['font-weight:normal'] : []),
    ...(background !== undefined && background !== shared ? [`background:${background}`] : []),
    ...(look.colour ? [`color:${hexOf(look.colour)}`] : []),
  ];
  const attributes = [
    ...(colspan > 1 ? [` colspan="${colspan}"`] : []),
    ...(rowspan > 1 ? [` rowspan="${rowspan}"`] : []),
    ...(styles.length > 0 ? [` style="${styles.join(';')}"`] : []),
  ].join('');
  const content = escapeHtml(text);
  return `<${tag}${attributes}>${!head && look.bold && text !== '' ? `<b>${content}</b>` : content}</${tag}>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
