import type { StructureCell } from '../../../tools/table/structure.ts';
import type { CellText } from '../../../tools/table/text.ts';

/** A comma before one or two digits that end a number, where a point may have stood. */
const COMMA = /(\d),(\d{1,2})(?!\d)/g;
const POINT = /\d\.\d/;

/**
 * Small commas and points look alike: where the other numbers of a column have decimal points, a comma that
 * parts no thousands is one too.
 */
export function columnWise(cells: readonly StructureCell[], texts: readonly CellText[]): CellText[] {
  return texts.map((one, index) => {
    const cell = cells[index];
    if (!cell || cell.head || one.text.search(COMMA) < 0) return one;
    const others = texts.filter((_, other) => other !== index && cells[other]?.column === cell.column);
    const pointed = others.filter(({ text }) => POINT.test(text)).length;
    const parted = others.filter(({ text }) => text.search(COMMA) >= 0).length;
    return pointed > 2 * parted ? { ...one, text: one.text.replace(COMMA, '$1.$2') } : one;
  });
}
