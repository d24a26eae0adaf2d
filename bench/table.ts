/**
 * A table in Markdown whose columns line up as plain text too, so that it reads in a terminal. Numbers stand right.
 * @param rows cells of each row, as many as the heading has
 */
export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heading, ...rows].map((row) => row.map((text) => text.replaceAll('|', '\\|')));
  const numeric = heading.map((_, column) => rows.every((row) => isNumber(row[column] ?? '')));
  const widths = heading.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => (numeric[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (numeric[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return `${[line(first), rule, ...others.map(line)].join('\n')}\n`;
}

/** A figure, an interval, or nothing. */
function isNumber(text: string): boolean {
  return text === '' || text === '–' || /^-?\d[\d.,]*( to -?\d[\d.,]*)?$/.test(text);
}
