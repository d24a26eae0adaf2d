import type { Rgb } from '../../../../tools/image/ground.ts';
import { solve } from './least-squares.ts';

/** A colour stop; offset 0 to 1. */
export interface Stop {
  readonly offset: number;
  readonly colour: Rgb;
}

/** Mean colours along one coordinate. */
export interface Profile {
  readonly bins: readonly { readonly t: number; readonly weight: number; readonly colour: Rgb }[];
  /** Root mean square of colours within the bins, in levels: what no gradient along this coordinate explains. */
  readonly rms: number;
}

const BINS = 96;
/** Levels by which a profile may miss the line between two stops. */
const MISS = 2.2;
const MOST_STOPS = 7;

/** Gathers colours by a coordinate, whatever its unit. */
export function profileOf(samples: readonly { readonly t: number; readonly colour: Rgb }[]): Profile {
  let [from, to] = [Infinity, -Infinity];
  for (const { t } of samples) {
    from = Math.min(from, t);
    to = Math.max(to, t);
  }
  const width = Math.max(1e-9, (to - from) / BINS);
  const n = new Float64Array(BINS);
  const sums = Array.from({ length: 3 }, () => ({
    c: new Float64Array(BINS),
    cc: new Float64Array(BINS),
    ct: new Float64Array(BINS),
  }));
  const [ts, tts] = [new Float64Array(BINS), new Float64Array(BINS)];
  for (const { t, colour } of samples) {
    const bin = Math.min(BINS - 1, Math.floor((t - from) / width));
    n[bin] = (n[bin] ?? 0) + 1;
    ts[bin] = (ts[bin] ?? 0) + t;
    tts[bin] = (tts[bin] ?? 0) + t * t;
    for (const [channel, { c, cc, ct }] of sums.entries()) {
      const value = colour[channel] ?? 0;
      c[bin] = (c[bin] ?? 0) + value;
      cc[bin] = (cc[bin] ?? 0) + value * value;
      ct[bin] = (ct[bin] ?? 0) + value * t;
    }
  }
  let squares = 0;
  const bins: { t: number; weight: number; colour: Rgb }[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const count = n[bin] ?? 0;
    if (count === 0) continue;
    const t = (ts[bin] ?? 0) / count;
    const spread = (tts[bin] ?? 0) - count * t * t;
    const means = sums.map(({ c, cc, ct }): number => {
      const mean = (c[bin] ?? 0) / count;
      const along = (ct[bin] ?? 0) - count * t * mean;
      // Within a bin colour may run on linearly.
      squares += Math.max(
        0,
        (cc[bin] ?? 0) - count * mean * mean - (spread > 1e-9 ? along ** 2 / spread : 0),
      );
      return mean;
    });
    bins.push({ t, weight: count, colour: [means[0] ?? 0, means[1] ?? 0, means[2] ?? 0] });
  }
  return { bins, rms: Math.sqrt(squares / Math.max(1, 3 * samples.length)) };
}

/** The fewest stops whose straight runs come within a level or two of a profile. */
export function stopsOf({ bins, rms }: Profile): { stops: Stop[]; from: number; to: number; rms: number } {
  const [from, to] = [bins[0]?.t ?? 0, bins.at(-1)?.t ?? 1];
  let knots = [from, to];
  let fitted = fitKnots(bins, knots);
  while (knots.length < MOST_STOPS) {
    if (fitted.misses.every((miss) => miss <= MISS)) break;
    // Two straight runs miss most at their ends, so the new knot goes to the worst place away from any other.
    const apart = (to - from) / 50;
    const added = worstAway(bins, fitted.misses, knots, apart);
    if (added === undefined) break;
    knots = [...knots, added].sort((a, b) => a - b);
    knots = settled(bins, knots);
    fitted = fitKnots(bins, knots);
  }
  const span = Math.max(1e-9, to - from);
  const stops = knots.map((knot, i) => ({
    offset: (knot - from) / span,
    colour: clamped(fitted.colours[i] ?? [0, 0, 0]),
  }));
  return { stops, from, to: Math.max(to, from + 1e-6), rms: Math.hypot(rms, fitted.rms) };
}

function worstAway(
  bins: Profile['bins'],
  misses: readonly number[],
  knots: readonly number[],
  apart: number,
): number | undefined {
  let found: { t: number; miss: number } | undefined;
  for (const [i, { t }] of bins.entries()) {
    const miss = misses[i] ?? 0;
    if (miss <= (found?.miss ?? 0) || knots.some((knot) => Math.abs(knot - t) < apart)) continue;
    found = { t, miss };
  }
  return found?.t;
}

/** Moves the inner knots to where the error is least. */
function settled(bins: Profile['bins'], knots: readonly number[]): number[] {
  let best = [...knots];
  let least = fitKnots(bins, best).rms;
  const span = (knots.at(-1) ?? 1) - (knots[0] ?? 0);
  for (let step = span / 8; step > span / 400; step /= 2) {
    for (let k = 1; k < best.length - 1; k++) {
      for (const sign of [1, -1]) {
        const next = best.map((knot, i) => (i === k ? knot + sign * step : knot));
        if ((next[k] ?? 0) <= (next[k - 1] ?? 0) || (next[k] ?? 0) >= (next[k + 1] ?? 0)) continue;
        const { rms } = fitKnots(bins, next);
        if (rms < least) [best, least] = [next, rms];
      }
    }
  }
  return best;
}

/** Least-squares colours at given knots, straight runs between. */
function fitKnots(bins: Profile['bins'], knots: readonly number[]) {
  const n = knots.length;
  const normal = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const right = Array.from({ length: 3 }, () => new Array<number>(n).fill(0));
  const hats = bins.map(({ t }) => {
    let k = 0;
    while (k < n - 2 && t > (knots[k + 1] ?? 0)) k++;
    const [a, b] = [knots[k] ?? 0, knots[k + 1] ?? 1];
    const share = b > a ? Math.min(1, Math.max(0, (t - a) / (b - a))) : 0;
    return { k, share };
  });
  for (const [i, { k, share }] of hats.entries()) {
    const bin = bins[i];
    if (!bin) continue;
    const entries = [
      [k, 1 - share],
      [k + 1, share],
    ] as const;
    for (const [p, wp] of entries) {
      for (const [q, wq] of entries) {
        const row = normal[p];
        if (row) row[q] = (row[q] ?? 0) + bin.weight * wp * wq;
      }
      for (const [channel, sums] of right.entries()) {
        sums[p] = (sums[p] ?? 0) + bin.weight * wp * (bin.colour[channel] ?? 0);
      }
    }
  }
  for (const [k, row] of normal.entries()) row[k] = (row[k] ?? 0) + 1e-6;
  const channels = right.map((sums) => solve(normal, sums) ?? sums.map(() => 0));
  const colours = knots.map(
    (_, k): Rgb => [channels[0]?.[k] ?? 0, channels[1]?.[k] ?? 0, channels[2]?.[k] ?? 0],
  );
  let [squares, weights] = [0, 0];
  const misses = hats.map(({ k, share }, i) => {
    const bin = bins[i];
    if (!bin) return 0;
    let most = 0;
    for (let channel = 0; channel < 3; channel++) {
      const value = (channels[channel]?.[k] ?? 0) * (1 - share) + (channels[channel]?.[k + 1] ?? 0) * share;
      const miss = Math.abs(value - (bin.colour[channel] ?? 0));
      most = Math.max(most, miss);
      squares += bin.weight * miss * miss;
    }
    weights += bin.weight * 3;
    return most;
  });
  return { colours, misses, rms: Math.sqrt(squares / Math.max(1, weights)) };
}

function clamped(colour: Rgb): Rgb {
  const level = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  return [level(colour[0]), level(colour[1]), level(colour[2])];
}
