import { Parser } from 'htmlparser2';

export interface TruthCell {
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
  readonly text: string;
}

/** The cells of an HTML table by their places in the grid, spans counted; blanks at the ends of texts left off. */
export function cellsOf(html: string): TruthCell[] {
  const cells: { row: number; column: number; rowspan: number; colspan: number; text: string }[] = [];
  const taken = new Set<string>();
  let row = -1;
  let open: (typeof cells)[number] | undefined;
  const parser = new Parser({
    onopentag(name, { rowspan = '1', colspan = '1' }) {
      if (name === 'tr') row++;
      if (name !== 'td' && name !== 'th') return;
      let column = 0;
      while (taken.has(`${row} ${column}`)) column++;
      open = { row, column, rowspan: Number(rowspan), colspan: Number(colspan), text: '' };
      for (let r = 0; r < open.rowspan; r++)
        for (let c = 0; c < open.colspan; c++) taken.add(`${row + r} ${column + c}`);
      cells.push(open);
    },
    ontext(text) {
      if (open) open.text += text;
    },
    onclosetag(name) {
      if (name === 'td' || name === 'th') open = undefined;
    },
  });
  parser.end(html);
  return cells.map((cell) => ({ ...cell, text: cell.text.trim() }));
}
