import { around, type Element } from './elements.ts';

/** Rows of the grid that forms are compared in. */
const ROWS = 24;
/** Columns that a row may have: a line of letters is long. */
const MOST_COLUMNS = 240;

/** Shared area over joint area of two groups of elements, 0 to 1, after their boxes are laid on one another. */
export function formLikeness(a: readonly Element[], b: readonly Element[], width: number): number {
  const [p, q] = [a, b].map((elements) => elements.map(({ extent }) => extent).reduce(around));
  if (!p || !q) return 0;
  const columns = Math.min(MOST_COLUMNS, Math.ceil((ROWS * p[2]) / p[3]));
  const [own, other] = [inkOf(a), inkOf(b)];
  let [both, either] = [0, 0];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < columns; column++) {
      const at = ([left, top, w, h]: Element['extent']) =>
        Math.floor(top + ((row + 0.5) * h) / ROWS) * width +
        Math.floor(left + ((column + 0.5) * w) / columns);
      const [x, y] = [own.has(at(p)), other.has(at(q))];
      if (x && y) both++;
      if (x || y) either++;
    }
  }
  return both / Math.max(1, either);
}

function inkOf(elements: readonly Element[]): Set<number> {
  return new Set(elements.flatMap(({ pixels }) => pixels));
}
