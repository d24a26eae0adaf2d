import type { Look } from './look.ts';
import type { Cell, Grid, Sample } from './sample.ts';

/** The table alone, as the truth to score against. */
export function truthHtml({ head, body }: Grid): string {
  const rows = (cells: readonly (readonly Cell[])[], tag: 'th' | 'td') =>
    cells.map((row) => `<tr>${row.map((cell) => cellHtml(cell, tag)).join('')}</tr>`).join('');
  return `<table><thead>${rows(head, 'th')}</thead><tbody>${rows(body, 'td')}</tbody></table>`;
}

function cellHtml(cell: Cell, tag: 'th' | 'td'): string {
  const spans = [
    ...(cell.colspan > 1 ? [` colspan="${cell.colspan}"`] : []),
    ...(cell.rowspan > 1 ? [` rowspan="${cell.rowspan}"`] : []),
  ].join('');
  const text = escapeText(cell.text);
  return `<${tag}${spans}>${tag === 'td' && cell.bold ? `<b>${text}</b>` : text}</${tag}>`;
}

/** A page that shows the table in its look. */
export function pageHtml({ grid, look }: Pick<Sample, 'grid' | 'look'>): string {
  const { head, body } = grid;
  const rows = (cells: readonly (readonly Cell[])[], tag: 'th' | 'td') =>
    cells.map((row) => `<tr>${row.map((cell) => styledCell(cell, tag, look)).join('')}</tr>`).join('');
  return `<style>${css(look)}</style>
<table><thead>${rows(head, 'th')}</thead><tbody>${rows(body, 'td')}</tbody></table>`;
}

function styledCell(cell: Cell, tag: 'th' | 'td', { align }: Look): string {
  const spans = `${cell.colspan > 1 ? ` colspan="${cell.colspan}" class="wide"` : ''}${cell.rowspan > 1 ? ` rowspan="${cell.rowspan}"` : ''}`;
  const side = align === 'by-type' ? (cell.numeric ? 'right' : 'left') : align;
  const place = cell.colspan > 1 && tag === 'th' ? 'center' : cell.colspan > 1 ? 'left' : side;
  const style = `text-align:${place};font-weight:${cell.bold ? 'bold' : 'normal'}`;
  return `<${tag}${spans} style="${style}">${escapeText(cell.text)}</${tag}>`;
}

function css(look: Look): string {
  const { lines, lineColour, font, headFill, headColour, zebra, scale } = look;
  const px = (value: number) => `${value * scale}px`;
  // Browsers draw borders in whole pixels.
  const line = `${Math.round(look.lineWidth * scale)}px solid ${lineColour}`;
  const thick = `${Math.round((look.lineWidth + 1) * scale)}px solid ${lineColour}`;
  const rules = {
    grid: `th,td{border:${line}}`,
    rows: `tr{border-bottom:${line}} thead tr:last-child{border-bottom:${thick}} thead th.wide{border-bottom:${line}}`,
    three: `table{border-top:${thick};border-bottom:${thick}} thead{border-bottom:${line}} thead th.wide{border-bottom:${line}}`,
    none: '',
  }[lines];
  return [
    `table{border-collapse:collapse;font:${px(look.size)} "${font}"}`,
    `th,td{border:0;padding:${px(look.padding[0])} ${px(look.padding[1])};vertical-align:middle;max-width:${px(look.size * 13)}}`,
    rules,
    headFill ? `thead th{background:${headFill};color:${headColour}}` : '',
    zebra ? `tbody tr:nth-child(even){background:${zebra}}` : '',
  ].join('\n');
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
