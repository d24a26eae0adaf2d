import type { TickMark } from './ticks.ts';

/** Pixels by which the middle of a label stands beside its mark. */
const BESIDE = 2.5;
const FEWEST = 3;

/**
 * Tick marks with those that something drawn over the border hides (a marker at the first value): labels stand
 * there, at a place of the even row that the other marks make up.
 */
export function withHiddenMarks(
  marks: readonly TickMark[],
  labels: readonly TickMark[],
): readonly TickMark[] {
  const places = marks.map(({ at }) => at).sort((a, b) => a - b);
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const least = Math.min(...gaps);
  if (marks.length < FEWEST || least < 4 * BESIDE) return marks;
  const step = (last - first) / Math.round((last - first) / least);
  const onRow = (place: number) => Math.abs(place - rowPlace(place, first, step)) <= BESIDE;
  // An uneven row tells no place.
  if (!places.every((place) => Math.abs(place - rowPlace(place, first, step)) < 1)) return marks;
  const bare = labels
    .filter(({ at }) => onRow(at) && places.every((place) => Math.abs(place - at) > step / 2))
    .map(({ at }) => ({ at: rowPlace(at, first, step), length: marks[0]?.length ?? 0 }));
  return [...marks, ...bare].sort((a, b) => a.at - b.at);
}

function rowPlace(place: number, first: number, step: number): number {
  return first + step * Math.round((place - first) / step);
}
