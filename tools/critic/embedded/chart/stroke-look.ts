import type { Chart, Point, PointSeries } from '../../../chart/model.ts';
import { median } from '../../../chart/polyline.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { type InkAt, inkOf } from './ink.ts';

/** How a series looks in another picture, by its pixels at the places where it was read; no reading of the other goes into it. */
export interface StrokeLook {
  /** Ink at the points that differs, as a share of what is there. */
  readonly marker: number;
  /** Ink of the stroke beside what the reference has: 1 is as wide. */
  readonly width: number;
  /** Pixels that the stroke runs beside its place, at the worst segment. */
  readonly aside: number;
}

/** Across a stroke, pixels farther than this from its edge are another's. */
const BESIDE = 4;
const STEP = 4;
/** A point without a marker is looked at this many ems around. */
const AROUND = 0.45;
const FEWEST = 4;
/** Points that tell how a series is marked. */
const MOST = 16;

/**
 * Lays another picture over the lines of a chart.
 * @param place where a point of the chart lies in the other picture
 */
export function strokeLooks(
  reference: Pixels,
  candidate: Pixels,
  chart: Chart,
  place: (point: Point) => Point,
): (StrokeLook | undefined)[] {
  const { plot, ground, em, frame } = chart;
  if ((plot.kind !== 'lines' && plot.kind !== 'scatter') || !frame) return [];
  return plot.series.map((series) => {
    const own = inkOf(reference, ground, series.colour);
    const there = inkOf(candidate, ground, series.colour);
    const other: InkAt = (point) => there(place(point));
    const radius = series.marker ? series.marker.size / 2 + 2 : AROUND * em;
    const inside = ({ x, y }: Point) =>
      x - radius > frame.left &&
      x + radius < frame.right &&
      y - radius > frame.top &&
      y + radius < frame.bottom;
    const within = series.points.filter(inside);
    if (within.length === 0) return undefined;
    const every = Math.ceil(within.length / MOST);
    const points = within.filter((_, i) => i % every === 0);
    const marker = median(points.map((point) => apartAround(own, other, point, radius)));
    return { marker, ...strokeOf(own, other, series, radius) };
  });
}

/** Half pixels by which the other may lie elsewhere. */
const SHIFTS = [-2, -1, 0, 1, 2];

/** Share of the ink around a point that differs wherever within a pixel the other lies. */
function apartAround(own: InkAt, other: InkAt, { x, y }: Point, radius: number): number {
  const reach = Math.ceil(radius);
  const wide = 2 * reach + 1;
  const here = samples(wide, (column, row) => own({ x: x - reach + column, y: y - reach + row }));
  const all = here.reduce((sum, ink) => sum + ink, 0);
  // Each half pixel is asked for once, and looked at by every shift that comes upon it.
  const fine = 4 * reach + 5;
  const there = samples(fine, (column, row) =>
    other({ x: x - reach - 1 + column / 2, y: y - reach - 1 + row / 2 }),
  );
  let least = Infinity;
  for (const dy of SHIFTS) {
    for (const dx of SHIFTS) {
      let apart = 0;
      for (let row = 0; row < wide; row++) {
        const start = (2 * row + 2 + dy) * fine + 2 + dx;
        for (let column = 0; column < wide; column++) {
          apart += Math.abs((here[row * wide + column] ?? 0) - (there[start + 2 * column] ?? 0));
        }
      }
      least = Math.min(least, apart);
    }
  }
  return least / Math.max(1, all);
}

function samples(side: number, value: (column: number, row: number) => number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side)));
}

function strokeOf(
  own: InkAt,
  other: InkAt,
  { points, line }: PointSeries,
  radius: number,
): Omit<StrokeLook, 'marker'> {
  if (!line) return { width: 1, aside: 0 };
  const half = line.thickness / 2 + BESIDE;
  let [mass, theirs, aside] = [0, 0, 0];
  for (const [k, b] of points.entries()) {
    const a = points[k - 1];
    if (!a) continue;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const offsets: number[] = [];
    for (let at = radius + 2; at < length - radius - 2; at += STEP) {
      const across = (ink: InkAt) => profile(ink, { x: a.x + at * ux, y: a.y + at * uy }, -uy, ux, half);
      const [here, there] = [across(own), across(other)];
      // Something else crosses here.
      if (here.rim > 0.3) continue;
      mass += here.mass;
      theirs += there.mass;
      if (here.mass > 0.5) offsets.push(there.mass > 0.25 ? Math.abs(here.middle - there.middle) : half);
    }
    if (offsets.length >= FEWEST) aside = Math.max(aside, median(offsets));
  }
  return { width: mass > 0 ? theirs / mass : 1, aside };
}

/** The ink across a stroke: how much, its middle, and how much at the ends of what is looked at. */
function profile(ink: InkAt, { x, y }: Point, nx: number, ny: number, half: number) {
  let [mass, moment, rim] = [0, 0, 0];
  for (let at = -half; at <= half; at += 0.5) {
    const value = ink({ x: x + at * nx, y: y + at * ny });
    mass += value / 2;
    moment += (value / 2) * at;
    if (Math.abs(at) > half - 1) rim = Math.max(rim, value);
  }
  return { mass, middle: mass > 0 ? moment / mass : 0, rim };
}
