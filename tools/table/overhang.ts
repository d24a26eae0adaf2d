import type { Ruling } from './rulings.ts';

/** Letters that a ruling may run into are lower than so many heights of capitals. */
const LETTERS = 2.5;
/** Pixels that two lines which meet may miss each other by. */
const MEET = 3;

/**
 * Rulings that run on beyond the line that they end at, to no other line, cut off there: letters stand in their way,
 * whose stems look like more of them.
 */
export function withoutOverhang(rulings: readonly Ruling[], capHeight: number): Ruling[] {
  return rulings.map((ruling) => {
    const met = rulings.filter(
      ({ axis, from, to }) =>
        axis !== ruling.axis &&
        from - MEET <= ruling.end &&
        to + MEET >= ruling.at &&
        to - from > LETTERS * capHeight,
    );
    const trimmed = (end: number, into: 1 | -1) => {
      const back = met.map(({ at, end: other }) => (into > 0 ? at : other)).map((at) => into * (at - end));
      if (back.some((away) => Math.abs(away) <= MEET)) return end;
      const near = back.filter((away) => away > 0 && away < LETTERS * capHeight);
      return near.length === 0 ? end : end + into * Math.min(...near);
    };
    const [from, to] = [trimmed(ruling.from, 1), trimmed(ruling.to, -1)];
    return to > from ? { ...ruling, from, to } : ruling;
  });
}
