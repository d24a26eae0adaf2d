import type { Random } from '../random.ts';
import type { Cell, Grid } from './sample.ts';

export const damages = [
  'text-changed',
  'value-changed',
  'row-lost',
  'column-lost',
  'cells-merged',
  'rows-swapped',
  'columns-swapped',
  'cell-emptied',
] as const;
export type Damage = (typeof damages)[number];

/** The category that a critic should give a damage. */
export function categoryOf(damage: Damage, cell: string): string {
  if (damage === 'text-changed') return 'text_error';
  if (damage === 'value-changed') return 'numeric_error';
  if (damage === 'cell-emptied') return /\d/.test(cell) ? 'numeric_error' : 'text_error';
  return 'layout_error';
}

export interface Damaged {
  readonly grid: Grid;
  readonly category: string;
  /** What was done, for people. */
  readonly what: string;
}

/** Damages a table in one place; undefined where it has no such place. Tables with spans are only changed in their text. */
export function damaged(grid: Grid, damage: Damage, random: Random): Damaged | undefined {
  const plain = [...grid.head, ...grid.body].every((row) =>
    row.every(({ colspan, rowspan }) => colspan === 1 && rowspan === 1),
  );
  const cells = grid.body.flatMap((row, r) => row.map((cell, c) => ({ cell, r, c })));
  const done = (body: readonly (readonly Cell[])[], what: string, text = '', head = grid.head): Damaged => ({
    grid: { head, body },
    category: categoryOf(damage, text),
    what,
  });
  const replace = (r: number, c: number, text: string) =>
    grid.body.map((row, y) => row.map((cell, x) => (y === r && x === c ? { ...cell, text } : cell)));
  const some = <T>(values: readonly T[]): T | undefined => values[random.whole(0, values.length - 1)];
  if (damage === 'text-changed') {
    const one = some(cells.filter(({ cell }) => /^[A-Za-z][a-z]{3,}/.test(cell.text)));
    if (!one) return undefined;
    const other =
      some(cells.filter(({ cell }) => /^[A-Za-z][a-z]{3,}/.test(cell.text) && cell.text !== one.cell.text))
        ?.cell.text ?? 'Unknown item';
    const text = random.chance(0.5)
      ? other
      : one.cell.text.replace(/[a-z]{2}/, () => random.pick(['xy', 'zu', 'bb', 'qe']));
    return text === one.cell.text
      ? undefined
      : done(replace(one.r, one.c, text), `${one.cell.text} -> ${text}`);
  }
  if (damage === 'value-changed') {
    const one = some(cells.filter(({ cell }) => /\d/.test(cell.text) && !/[A-Za-z]/.test(cell.text)));
    if (!one) return undefined;
    const places = [...one.cell.text].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
    const place = some(places) ?? 0;
    const digit = String((Number(one.cell.text[place]) + random.whole(1, 8)) % 10);
    const text = one.cell.text.slice(0, place) + digit + one.cell.text.slice(place + 1);
    return text === one.cell.text
      ? undefined
      : done(replace(one.r, one.c, text), `${one.cell.text} -> ${text}`);
  }
  if (damage === 'cell-emptied') {
    const one = some(cells.filter(({ cell }) => cell.text.length > 2 && cell.colspan === 1));
    return one && done(replace(one.r, one.c, ''), `${one.cell.text} emptied`, one.cell.text);
  }
  if (!plain || grid.body.length < 3) return undefined;
  const width = grid.body[0]?.length ?? 0;
  const r = random.whole(0, grid.body.length - 2);
  const c = random.whole(0, width - 2);
  if (damage === 'row-lost')
    return done(
      grid.body.filter((_, y) => y !== r),
      `row ${r} lost`,
    );
  if (damage === 'column-lost') {
    const without = (row: readonly Cell[]) => row.filter((_, x) => x !== c);
    return width < 3
      ? undefined
      : done(grid.body.map(without), `column ${c} lost`, '', grid.head.map(without));
  }
  if (damage === 'cells-merged') {
    const [left, right] = [grid.body[r]?.[c], grid.body[r]?.[c + 1]];
    if (!left?.text || !right?.text) return undefined;
    const one = { ...left, colspan: 2, text: `${left.text} ${right.text}` };
    const body = grid.body.map((row, y) => (y === r ? [...row.slice(0, c), one, ...row.slice(c + 2)] : row));
    return done(body, `(${r},${c}) merged with the next`);
  }
  if (damage === 'rows-swapped') {
    const [one, two] = [grid.body[r], grid.body[r + 1]];
    if (!one || !two || JSON.stringify(one) === JSON.stringify(two)) return undefined;
    return done(
      grid.body.map((row, y) => (y === r ? two : y === r + 1 ? one : row)),
      `rows ${r} and ${r + 1} swapped`,
    );
  }
  const swap = (row: readonly Cell[]) =>
    row.map((cell, x) => (x === c ? (row[c + 1] ?? cell) : x === c + 1 ? (row[c] ?? cell) : cell));
  return done(grid.body.map(swap), `columns ${c} and ${c + 1} swapped`, '', grid.head.map(swap));
}
