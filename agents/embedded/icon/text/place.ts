import type { Renderer } from '../../../../core/render.ts';
import type { Field } from '../trace/field.ts';
import { boxOf } from './box.ts';
import { type Fit, missesOf, sampleOf } from './fit.ts';
import { inksOf, type Sample } from './sheet.ts';

/** Steps that sizes and places are rounded to, what a person would write first. */
const STEPS = [
  { size: 1, place: 1 },
  { size: 1, place: 0.5 },
  { size: 0.5, place: 0.5 },
  { size: 0.5, place: 0.1 },
  { size: 0.1, place: 0.1 },
  { size: 0.02, place: 0.02 },
] as const;
/** Rounding may cost this much of likeness. */
const COSTS = { factor: 1.25, least: 0.02 } as const;
/** Text whose middle is this near to that of what it stands on is meant to be in the middle: pixels, and a share of its size. */
const CENTRED = { pixels: 0.6, share: 0.04 } as const;
const EM = 32;

/**
 * The numbers of a fitted text as a person would write them, in coordinates of the picture: around the middle of what
 * it stands on where it is there, and no finer than can be seen.
 * @param middle of what the text stands on, along x
 */
export async function placed(
  fit: Fit,
  ink: Field,
  middle: number,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Sample> {
  const half = await halfAdvance(fit, renderer, signal);
  const near = Math.max(CENTRED.pixels, CENTRED.share * fit.size);
  const tries = STEPS.flatMap((step): Sample[] => {
    const size = rounded(fit.size, step.size);
    const { x, y } = sampleOf({ ...fit, size });
    const start = { ...fit, size, x: rounded(x + ink.left, step.place), y: rounded(y + ink.top, step.place) };
    const centre = x + ink.left + (half ?? 0) * size;
    const isMiddle = half !== undefined && Math.abs(centre - middle) <= near;
    return isMiddle
      ? [{ ...start, x: rounded(middle, Math.min(0.5, step.place)), middle: true }, start]
      : [start];
  });
  const here = tries.map((one) => ({ ...one, x: one.x - ink.left, y: one.y - ink.top }));
  const misses = await missesOf(ink, here, renderer, signal);
  const most = Math.max(COSTS.factor * fit.miss, fit.miss + COSTS.least);
  const good = tries.filter((_, i) => (misses[i] ?? Infinity) <= most);
  const {
    text,
    family,
    size,
    x,
    y,
    middle: isMiddle,
  } = good.find((one) => one.middle) ?? good[0] ?? tries.at(-1) ?? sampleOf(fit);
  return { text, family, size, x, y, ...(isMiddle && { middle: isMiddle }) };
}

/** Half of a text's advance in ems: from its start to what text-anchor="middle" takes for its middle. */
async function halfAdvance({ text, family, box }: Fit, renderer: Renderer, signal?: AbortSignal) {
  const tile = { width: Math.ceil(4 * EM + 2.2 * EM * box.width), height: 2 * EM };
  const start: Sample = { text, family, size: EM, x: tile.width / 2, y: 1.4 * EM };
  const inks = await inksOf([start, { ...start, middle: true }], tile, renderer, signal);
  const [from, around] = inks.map((ink) => boxOf(ink, tile.width));
  return from && around && (from.left - around.left) / EM;
}

function rounded(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(2));
}
