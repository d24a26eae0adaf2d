import type { Pixels } from '../image/pixels.ts';
import { isEven } from './even.ts';
import { grainOf } from './grain.ts';
import { type Ink, inkOf } from './ink.ts';
import { missedUprights } from './missed.ts';
import { withoutOverhang } from './overhang.ts';
import { overlap, type Ruling, rulingsOf, smoothed } from './rulings.ts';
import { type Lettering, letteringOf } from './words.ts';

/** What stands in a picture of a table: its lines and its words. */
export interface Scan extends Lettering {
  readonly rulings: readonly Ruling[];
  readonly ink: Ink;
}

/** More rulings than this are a drawing or a photo. */
const MOST_RULINGS = 600;
/** Height of capitals before it is known, in pixels. */
const USUAL = 10;

/** Shortest faint ruling, as a share of the picture's side. */
const FAINT = 0.6;
/** Levels that a ruling differs by at most to be faint. */
const FAINTEST = 40;
/** Pixels on either side that faint rulings are averaged over. */
const BLUR = 5;

/** Finds the lines and words of a picture; undefined where it has more lines than a table. */
export function scanOf(pixels: Pixels): Scan | undefined {
  const noise = grainOf(pixels);
  const first = find(pixels, noise, USUAL);
  if (first.length > MOST_RULINGS) return undefined;
  const { capHeight } = letteringOf(inkOf(pixels, first), first);
  const seen = withoutOverhang(withoutStems(find(pixels, noise, capHeight), capHeight), capHeight);
  const rulings = [...seen, ...missedUprights(pixels, seen, contrastOf(noise), capHeight)];
  const ink = inkOf(pixels, rulings);
  return { rulings, ink, ...letteringOf(ink, rulings) };
}

/** Levels that a clear line differs from its ground by. */
function contrastOf(noise: number): number {
  return Math.max(7, 2 * noise);
}

/** Rulings of both axes; faint ones only where they are long, as noise is not. */
function find(pixels: Pixels, noise: number, capHeight: number): Ruling[] {
  const common = { thickest: Math.max(4, 0.5 * capHeight), plain: Math.max(5, 0.8 * capHeight) };
  const limits = { ...common, contrast: contrastOf(noise) };
  const clear = [
    ...rulingsOf(pixels, 'horizontal', { ...limits, shortest: Math.max(12, 2 * capHeight) }),
    ...rulingsOf(pixels, 'vertical', { ...limits, shortest: Math.max(10, 1.6 * capHeight) }),
  ];
  const faint = (['horizontal', 'vertical'] as const).flatMap((axis) => {
    const side = axis === 'horizontal' ? pixels.width : pixels.height;
    const limits = { ...common, contrast: Math.max(3, 0.6 * noise), most: FAINTEST, shortest: FAINT * side };
    return rulingsOf(smoothed(pixels, axis, BLUR), axis, limits).filter((one) => isEven(pixels, one));
  });
  const isKnown = (ruling: Ruling) => {
    const same = clear.filter(
      ({ axis, at, end }) => axis === ruling.axis && at <= ruling.end + 2 && end >= ruling.at - 2,
    );
    const covered = same.reduce((sum, other) => sum + Math.max(0, overlap(ruling, other)), 0);
    return covered > 0.9 * (ruling.to - ruling.from);
  };
  return [...clear, ...faint.filter((ruling) => !isKnown(ruling))];
}

/** Leaves out what letters may make: short lines that end at no other and do not go on one. */
function withoutStems(rulings: readonly Ruling[], capHeight: number): Ruling[] {
  const long = rulings.filter(
    ({ axis, from, to }) => to - from > (axis === 'horizontal' ? 6 : 5) * capHeight,
  );
  const near = (ruling: Ruling, across: number, along: number) =>
    across > ruling.at - 4 && across < ruling.end + 4 && along > ruling.from - 4 && along < ruling.to + 4;
  return rulings.filter((ruling) => {
    if (long.includes(ruling)) return true;
    const { axis, at, from, to } = ruling;
    const crossing = (along: number) =>
      rulings.some((other) => other.axis !== axis && near(other, along, at));
    return (
      (crossing(from) && crossing(to)) ||
      long.some((other) => other.axis === axis && Math.abs(other.at - at) <= 2)
    );
  });
}
