import type { Rgb } from '../../../../tools/image/ground.ts';
import type { Pixels } from '../../../../tools/image/pixels.ts';
import { dot, type Point, unit } from './geometry.ts';
import { solve } from './least-squares.ts';
import { profileOf, type Stop, stopsOf } from './stops.ts';

/** How a surface that is not of one colour is painted, in pixels of the picture. */
export type Gradient =
  | { readonly kind: 'linear'; readonly from: Point; readonly to: Point; readonly stops: readonly Stop[] }
  | {
      readonly kind: 'radial';
      readonly centre: Point;
      readonly radius: number;
      readonly stops: readonly Stop[];
    };

export interface FittedGradient {
  readonly gradient: Gradient;
  /** Root mean square of what it leaves unexplained, in levels. */
  readonly rms: number;
}

const MOST_SAMPLES = 1800;
/** Slopes are measured over this many pixels on either side: over one alone, rounding hides them. */
const REACH = 3;

interface Sample {
  readonly at: Point;
  readonly colour: Rgb;
  /** Change of each channel along x and y, in levels a pixel. */
  readonly slopes: readonly [Point, Point, Point];
}

/**
 * The linear or radial gradient that comes nearest to some pixels (indices of pixels inside one shape).
 * Undefined when too few lie far enough inside to measure slopes.
 */
export function gradientOf(pixels: Pixels, inside: readonly number[]): FittedGradient | undefined {
  const samples = samplesOf(pixels, inside);
  if (samples.length < 24) return undefined;
  const linear = linearFrom(samples);
  const radial = radialFrom(samples);
  // Equal to the eye: the linear one is the simpler to edit.
  return linear.rms <= radial.rms + 0.35 ? linear : radial;
}

function samplesOf({ width, height, data }: Pixels, inside: readonly number[]): Sample[] {
  const member = new Uint8Array(width * height);
  for (const i of inside) member[i] = 1;
  const stride = Math.max(1, Math.ceil(inside.length / MOST_SAMPLES));
  const samples: Sample[] = [];
  for (const reach of [REACH, 1]) {
    for (let k = 0; k < inside.length; k += stride) {
      const i = inside[k] ?? 0;
      const x = i % width;
      const y = (i - x) / width;
      if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue;
      const [left, right, up, down] = [i - reach, i + reach, i - reach * width, i + reach * width];
      if (!(member[left] && member[right] && member[up] && member[down])) continue;
      const slope = (channel: number): Point => [
        ((data[right * 3 + channel] ?? 0) - (data[left * 3 + channel] ?? 0)) / (2 * reach),
        ((data[down * 3 + channel] ?? 0) - (data[up * 3 + channel] ?? 0)) / (2 * reach),
      ];
      samples.push({
        at: [x + 0.5, y + 0.5],
        colour: [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0],
        slopes: [slope(0), slope(1), slope(2)],
      });
    }
    if (samples.length >= 24) break;
  }
  return samples;
}

/** Colour changes along one direction: the principal axis of all slopes. */
function linearFrom(samples: readonly Sample[]): FittedGradient {
  let [xx, xy, yy] = [0, 0, 0];
  for (const { slopes } of samples) {
    for (const [x, y] of slopes) {
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
  }
  const start = Math.atan2(2 * xy, xx - yy) / 2;
  const direction = (angle: number): Point => [Math.cos(angle), Math.sin(angle)];
  const rms = (angle: number) =>
    profileOf(samples.map(({ at, colour }) => ({ t: dot(at, direction(angle)), colour }))).rms;
  const [angle] = descend(([a = 0]) => rms(a), [start], 0.02, 0.001);
  const along = direction(angle ?? start);
  const profile = profileOf(samples.map(({ at, colour }) => ({ t: dot(at, along), colour })));
  const { stops, rms: left, from, to } = stopsOf(profile);
  const middle: Point = mean(samples.map(({ at }) => at));
  const base = dot(middle, along);
  const on = (t: number): Point => [middle[0] + along[0] * (t - base), middle[1] + along[1] * (t - base)];
  return { gradient: { kind: 'linear', from: on(from), to: on(to), stops }, rms: left };
}

/** Colour changes with the distance from a point: the one that all slopes point to. */
function radialFrom(samples: readonly Sample[]): FittedGradient {
  let [xx, xy, yy, bx, by] = [0, 0, 0, 0, 0];
  for (const { at, slopes } of samples) {
    for (const slope of slopes) {
      const weight = dot(slope, slope);
      const [ux, uy] = unit(slope);
      // Distance of the centre from the line through this point along its slope.
      const [nx, ny] = [-uy, ux];
      const away = nx * at[0] + ny * at[1];
      xx += weight * nx * nx;
      xy += weight * nx * ny;
      yy += weight * ny * ny;
      bx += weight * nx * away;
      by += weight * ny * away;
    }
  }
  const middle = mean(samples.map(({ at }) => at));
  const [x0 = middle[0], y0 = middle[1]] =
    solve(
      [
        [xx, xy],
        [xy, yy],
      ],
      [bx, by],
    ) ?? [];
  const around = ([x = 0, y = 0]: readonly number[]) =>
    profileOf(samples.map(({ at, colour }) => ({ t: Math.hypot(at[0] - x, at[1] - y), colour })));
  const [x = x0, y = y0] = descend((centre) => around(centre).rms, [x0, y0], 4, 0.1);
  const { stops, rms, from, to } = stopsOf(around([x, y]));
  // Offsets count from the centre, where the first stop need not lie.
  const moved = stops.map((stop) => ({ ...stop, offset: (from + stop.offset * (to - from)) / to }));
  return { gradient: { kind: 'radial', centre: [x, y], radius: to, stops: moved }, rms };
}

function mean(points: readonly Point[]): Point {
  const n = Math.max(1, points.length);
  return [points.reduce((sum, [x]) => sum + x, 0) / n, points.reduce((sum, [, y]) => sum + y, 0) / n];
}

/** Lowers a function by steps along each axis that halve until they are fine enough. */
function descend(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  step: number,
  finest: number,
): number[] {
  let at = [...start];
  let least = value(at);
  for (let size = step; size >= finest; size /= 2) {
    for (let moved = true, tries = 0; moved && tries < 12; tries++) {
      moved = false;
      for (const axis of at.keys()) {
        for (const sign of [1, -1]) {
          const next = at.map((coordinate, k) => (k === axis ? coordinate + sign * size : coordinate));
          const found = value(next);
          if (found >= least - 1e-9) continue;
          [at, least, moved] = [next, found, true];
        }
      }
    }
  }
  return at;
}
