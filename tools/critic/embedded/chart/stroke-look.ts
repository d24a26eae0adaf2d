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
    const points = series.points.filter(inside);
    if (points.length === 0) return undefined;
    const marker = median(points.map((point) => apartAround(own, other, point, radius)));
    return { marker, ...strokeOf(own, other, series, radius) };
  });
}

const shifts = [0, -0.5, 0.5, -1, 1].flatMap((dy) => [0, -0.5, 0.5, -1, 1].map((dx) => ({ dx, dy })));

/** Share of the ink around a point that differs wherever within a pixel the other lies. */
function apartAround(own: InkAt, other: InkAt, { x, y }: Point, radius: number): number {
  const reach = Math.ceil(radius);
  let least = Infinity;
  for (const { dx, dy } of shifts) {
    let [apart, all] = [0, 0];
    for (let v = -reach; v <= reach; v++) {
      for (let u = -reach; u <= reach; u++) {
        const here = own({ x: x + u, y: y + v });
        apart += Math.abs(here - other({ x: x + u + dx, y: y + v + dy }));
        all += here;
      }
    }
    least = Math.min(least, apart / Math.max(1, all));
  }
  return least;
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
