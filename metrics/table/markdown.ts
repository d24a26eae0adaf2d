const rule = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * The first pipe table of a Markdown text as HTML, its cells' text left as written (so HTML in cells stays HTML);
 * empty when there is none. The rule under the heading is dropped.
 */
export function markdownTableToHtml(markdown: string): string {
  const lines = markdown.split(/\r?\n/);
  const start = lines.findIndex((line, at) => line.includes('|') && rule.test(lines[at + 1] ?? ''));
  if (start < 0) return '';
  const body = lines.slice(start + 2);
  const end = body.findIndex((line) => !line.includes('|'));
  const rows = [lines[start] ?? '', ...(end < 0 ? body : body.slice(0, end))];
  return `<table>${rows
    .map(
      (row) =>
        `<tr>${cellsOf(row)
          .map((cell) => `<td>${cell}</td>`)
          .join('')}</tr>`,
    )
    .join('')}</table>`;
}

/** The cells of one line: split at pipes that no backslash escapes, the empty ends of a framed line left off. */
export function cellsOf(line: string): string[] {
  const cells = line.trim().split(/(?<!\\)\|/);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}
