import type { StructureCell } from '../../../tools/table/structure.ts';

/** A comma before one or two digits that end a number, where a point may have stood. */
const COMMA = /(\d),(\d{1,2})(?!\d)/g;
const POINT = /\d\.\d/;

/** What the reader took for the comma between thousands: no number has a semicolon there. */
const SEMICOLON = /(?<=\d);(?=\d{3}(?!\d))/g;

/** Capitals, then what the reader took a 1 for, then a digit: "Qi5". */
const CODE = /\b\p{Lu}{1,3}[il|](?=\d)/gu;
/** What the reader may take a ± for, between two numbers; and a ± between two numbers. */
const SIGN = /^([\d.,]+) ?[2+4t=:] ?([\d.,]+)$/;
const PLUS_MINUS = /\d ?± ?\d/;

/**
 * Small commas and points look alike: where the other numbers of a column have decimal points, a comma that
 * parts no thousands is one too. Likewise a ± that most of the column has.
 */
export function columnWise(
  cells: readonly Pick<StructureCell, 'column' | 'head'>[],
  texts: readonly string[],
): string[] {
  return texts.map((one, index) => {
    const cell = cells[index];
    if (!cell || cell.head) return one;
    // Where a blank stands on one side of the sign, one stands on the other.
    const read = one
      .replace(/(\d)(?: ?± | ±)(?=\d)/, '$1 ± ')
      .replace(SEMICOLON, ',')
      .replace(CODE, (letters) => `${letters.slice(0, -1)}1`);
    const [comma, sign] = [read.search(COMMA) >= 0, SIGN.test(read)];
    if (!comma && !sign) return read;
    const others = texts.filter(
      (_, other) => other !== index && cells[other]?.column === cell.column && !cells[other]?.head,
    );
    const count = (has: (text: string) => boolean) => others.filter(has).length;
    const pointed = comma && count((text) => POINT.test(text)) > 2 * count((text) => text.search(COMMA) >= 0);
    const signed = sign && count((text) => PLUS_MINUS.test(text)) > others.length / 2;
    const text = pointed ? read.replace(COMMA, '$1.$2') : read;
    return signed ? text.replace(SIGN, '$1 ± $2') : text;
  });
}

/** Whether a number differs from another by points and commas alone, and has those that the rest of its column has. */
export function marksOfColumn(text: string, instead: string, column: readonly string[]): boolean {
  if (text.replace(/[.,]/g, '') !== instead.replace(/[.,]/g, '')) return false;
  const marked = column.filter((other) => /\d[.,]\d/.test(other));
  const like = (one: string) => marked.filter((other) => marksIn(other) === marksIn(one)).length;
  return like(text) >= 2 && like(instead) === 0;
}

/** Which marks stand between its digits. */
function marksIn(text: string): string {
  return ['.', ','].filter((mark) => new RegExp(`\\d[${mark}]\\d`).test(text)).join('');
}
