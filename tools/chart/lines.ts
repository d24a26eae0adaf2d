/** A straight horizontal or vertical line of ink: `from` and `to` along it, `first` to `last` across it (to and last excluded). */
export interface StraightLine {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Straight lines in a mask that are at least `shortest` long and at most `thickest` thick, along rows or columns.
 */
export function straightLines(
  mask: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  along: 'rows' | 'columns',
  shortest: number,
  thickest: number,
): StraightLine[] {
  const [across, length] = along === 'rows' ? [height, width] : [width, height];
  const at = (line: number, position: number) =>
    mask[along === 'rows' ? line * width + position : position * width + line] ?? 0;
  const done: StraightLine[] = [];
  let open: StraightLine[] = [];
  for (let line = 0; line <= across; line++) {
    const runs = line < across ? solidRuns(length, shortest, (position) => at(line, position) !== 0) : [];
    const next: StraightLine[] = [];
    const used = new Set<StraightLine>();
    for (const [from, to] of runs) {
      const above = open.find(
        (one) => overlap(one.from, one.to, from, to) > 0.8 * Math.max(one.to - one.from, to - from),
      );
      if (above) used.add(above);
      next.push({
        from: above ? Math.min(above.from, from) : from,
        to: above ? Math.max(above.to, to) : to,
        first: above?.first ?? line,
        last: line + 1,
      });
    }
    done.push(...open.filter((one) => !used.has(one)));
    open = next;
  }
  return done.filter(({ first, last }) => last - first <= thickest);
}

/** Markers drawn over a line interrupt it by at most this many pixels. */
const INTERRUPTION = 20;
/** The pieces between are at least this share of the picture long: letters are shorter. */
const PIECE = 0.025;

/** Runs of at least `shortest` in all, interrupted now and then. */
function solidRuns(length: number, shortest: number, on: (position: number) => boolean): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of runsOf(length, Math.max(8, PIECE * length), on)) {
    const last = joined.at(-1);
    if (last && from - last[1] <= INTERRUPTION) last[1] = to;
    else joined.push([from, to]);
  }
  return joined.filter(([from, to]) => to - from >= shortest);
}

/** Maximal runs [from, to) of at least `shortest` positions; gaps of one position do not end a run. */
export function runsOf(
  length: number,
  shortest: number,
  on: (position: number) => boolean,
  gap = 0,
): [number, number][] {
  const runs: [number, number][] = [];
  let from = -1;
  let last = -1;
  for (let position = 0; position <= length; position++) {
    if (position < length && on(position)) {
      if (from < 0) from = position;
      last = position;
    } else if (from >= 0 && (position === length || position - last > gap)) {
      if (last + 1 - from >= shortest) runs.push([from, last + 1]);
      from = -1;
    }
  }
  return runs;
}

function overlap(a: number, b: number, c: number, d: number): number {
  return Math.min(b, d) - Math.max(a, c);
}
