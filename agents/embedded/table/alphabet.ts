import type { Renderer } from '../../../core/render.ts';
import { type Letter, lettersOf } from '../../../tools/table/letters.ts';
import type { CellLook } from '../../../tools/table/look.ts';
import type { TableFont } from './draft.ts';
import { drawnSheet, styleOf } from './sheet.ts';

const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-+()/%$€<>@&#'];
/** Characters of one row of the sheet. */
const ROW = 12;

/** How each letter, digit and usual sign looks in a table's own font; those that do not come out whole are left out. */
export async function alphabetOf(
  font: TableFont,
  look: Pick<CellLook, 'bold'>,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Letter>> {
  const style = styleOf({ look }, { font });
  // Capitals beside it tell where the foot of the line is, and lines of one character would be no lines.
  const samples = characters.map((character) => ({ text: `H    ${character}    H`, style }));
  const rows = Array.from({ length: Math.ceil(samples.length / ROW) }, (_, row) =>
    samples.slice(row * ROW, (row + 1) * ROW),
  );
  const sheet = await drawnSheet(rows, renderer, signal);
  const letters = characters.flatMap((character, index): [string, Letter][] => {
    const words = sheet?.words[Math.floor(index / ROW)]?.[index % ROW] ?? [];
    if (!sheet || words.length !== 3) return [];
    const { ink, capHeight } = sheet.scan;
    const [letter] = lettersOf(ink, { words }, [1, 1, 1], capHeight)[1] ?? [];
    return letter ? [[character, letter]] : [];
  });
  return new Map(letters);
}
