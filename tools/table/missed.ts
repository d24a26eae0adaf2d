import type { Pixels } from '../image/pixels.ts';
import { cutsOf } from './lines.ts';
import type { Ruling } from './rulings.ts';

/** Share of a stretch along which a line must show that is known from other rows. */
const SHOWN = 0.9;
/** Rows with the line must be so many, and so large a share of its way. */
const [KNOWN_ROWS, KNOWN_SHARE] = [2, 0.3];

/**
 * Upright lines of other rows that were missed along one: letters close by or a compressed picture leave no plain
 * ground beside them, but the line itself shows along all of the row, as letters do not.
 */
export function missedUprights(
  { width, data }: Pixels,
  rulings: readonly Ruling[],
  contrast: number,
  capHeight: number,
): Ruling[] {
  const levels = cutsOf(
    rulings.filter(({ axis }) => axis === 'horizontal'),
    Math.max(3, 0.35 * capHeight),
  );
  const uprights = rulings.filter(({ axis }) => axis === 'vertical');
  const places = cutsOf(uprights, Math.max(3, 0.35 * capHeight));
  const rows = levels.flatMap((level, index) => {
    const next = levels[index + 1];
    const [from, to] = [Math.ceil(level.at) + 2, Math.floor(next?.at ?? 0) - 2];
    return to - from > capHeight ? [{ from, to, level }] : [];
  });
  return places.flatMap(({ at, stretches }) => {
    const own = uprights.filter((ruling) => Math.abs((ruling.at + ruling.end) / 2 - at) < 2);
    const has = ({ from, to }: { readonly from: number; readonly to: number }) =>
      stretches.some((stretch) => stretch.from <= from + 2 && stretch.to >= to - 2);
    const known = rows.filter(has);
    if (known.length < Math.max(KNOWN_ROWS, KNOWN_SHARE * rows.length)) return [];
    const [left, right] = [Math.min(...own.map((one) => one.at)), Math.max(...own.map((one) => one.end))];
    return rows.flatMap((row): Ruling[] => {
      const within = row.level.stretches.some(({ from, to }) => from <= at && to >= at);
      if (has(row) || !within || shown(left, right, row) < SHOWN) return [];
      return [{ axis: 'vertical', at: left, end: right, from: row.from - 2, to: row.to + 2 }];
    });
  });

  /** Share of a row's height where the step from ground to line shows. */
  function shown(left: number, right: number, { from, to }: { readonly from: number; readonly to: number }) {
    let steps = 0;
    for (let y = from; y < to; y++) {
      const i = (y * width + left) * 3;
      const line = (y * width + ((left + right) >> 1)) * 3;
      if ([0, 1, 2].some((k) => Math.abs((data[i - 3 + k] ?? 0) - (data[line + k] ?? 0)) > contrast)) steps++;
    }
    return steps / Math.max(1, to - from);
  }
}
