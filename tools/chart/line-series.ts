import { componentsOf } from '../image/components.ts';
import { depthOf } from '../image/depth.ts';
import type { Size } from '../image/pixels.ts';
import { columnsOf, thicknessOf } from './columns.ts';
import { dashOf } from './dash.ts';
import type { Frame, Point, PointSeries } from './model.ts';
import type { Layer } from './palette.ts';
import { cornersOf, evenKnots, fitKnots, median } from './polyline.ts';

export type LineReading = Omit<PointSeries, 'name'> & {
  /** Root mean square error of the fit, in pixels. */
  readonly error: number;
};

/**
 * Reads one layer as a line from left to right; undefined where it is none. Which marker it has is told later
 * (`markedLine`), from where its ink leaves this line.
 */
export function lineOf(
  layer: Layer,
  size: Size,
  frame: Frame,
  places: readonly number[],
): LineReading | undefined {
  const { columns, doubled } = columnsOf(layer, size, frame);
  if (columns.length < 8) return undefined;
  if (doubled > 0.25 * columns.length) return undefined;
  const thickness = thicknessOf(layer, size);
  const markers = markersOf(layer, size, thickness);
  const first = columns[0]?.x ?? 0;
  const last = columns.at(-1)?.x ?? 0;
  const ends =
    markers && markers.centres.length >= 2
      ? ([markers.centres[0]?.x ?? first, markers.centres.at(-1)?.x ?? last] as const)
      : ([first - 0.5 + thickness / 2, last + 0.5 - thickness / 2] as const);
  const [from, to] = ends;
  const marker = markers && { shape: 'o' as const, size: markers.size };
  const make = (points: readonly Point[], error: number): LineReading => ({
    colour: layer.colour,
    points,
    marker,
    line: { dash: dashOf(columns, points, thickness, markers?.size ?? 0).dash, thickness },
    error,
  });
  if (markers && markers.centres.length >= 2) {
    const xs = markers.centres.map(({ x }) => x);
    const bare = columns.filter(({ x }) => xs.every((place) => Math.abs(place - x) > 0.6 * markers.size));
    const grid = gridThrough(xs, first, last, markers.size);
    const fit = grid && fitKnots(bare.length > 8 ? bare : columns, grid);
    if (grid && fit && fit.error < 1.2) {
      const points = grid.map(
        (x, k) => markers.centres.find((one) => Math.abs(one.x - x) < 1.6) ?? { x, y: fit.ys[k] ?? 0 },
      );
      return make(points, fit.error);
    }
    const uneven = fitKnots(columns, xs);
    if (uneven && uneven.error < 1.2) return make(markers.centres, uneven.error);
  }
  // Markers that were not seen as such (crosses) reach beyond the line's ends, which then stand on ticks.
  const near = (end: number) =>
    places.find((place) => Math.abs(place - end) < Math.max(3, 3 * thickness)) ?? end;
  const onTicks = ticksBetween(places, near(from), near(to));
  const ticked = onTicks && fitKnots(columns, onTicks);
  const candidates = [evenKnots(columns, from, to), evenKnots(columns, near(from), near(to))].flatMap(
    (one) => one ?? [],
  );
  const regular = candidates.sort((a, b) => a.points.length - b.points.length)[0];
  const most = regular?.points.length ?? Infinity;
  if (onTicks && ticked && ticked.error < 0.5 && onTicks.length <= most) {
    return make(
      onTicks.map((x, k) => ({ x, y: ticked.ys[k] ?? 0 })),
      ticked.error,
    );
  }
  if (regular) return make(regular.points, regular.error);
  const corners = cornersOf(columns);
  const fit = fitKnots(
    columns,
    corners.map(({ x }) => x),
  );
  return fit && fit.error < 1.5 ? make(corners, fit.error) : undefined;
}

/** Places at equal distances through all markers; those hidden under others are filled in, up to the line's ends. */
function gridThrough(xs: readonly number[], first: number, last: number, size: number): number[] | undefined {
  const gaps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
  const step0 = Math.min(...gaps.filter((gap) => gap > size * 0.7));
  if (!Number.isFinite(step0)) return undefined;
  const start = xs[0] ?? 0;
  const count = Math.round(((xs.at(-1) ?? start) - start) / step0);
  const step = ((xs.at(-1) ?? start) - start) / Math.max(1, count);
  if (
    count > 200 ||
    xs.some((x) => Math.abs((x - start) / step - Math.round((x - start) / step)) * step > 1.8)
  )
    return undefined;
  const before = Math.max(0, Math.round((start - first - size / 2) / step));
  const after = Math.max(0, Math.round((last - size / 2 - (xs.at(-1) ?? 0)) / step));
  return Array.from({ length: count + 1 + before + after }, (_, k) => start + (k - before) * step);
}

/** Tick places from one end of a line to the other, where both ends stand on ticks. */
function ticksBetween(places: readonly number[], from: number, to: number): number[] | undefined {
  const inside = places.filter((place) => place > from - 2.5 && place < to + 2.5);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined || inside.length < 3) return undefined;
  return Math.abs(first - from) < 2.5 && Math.abs(last - to) < 2.5 ? inside : undefined;
}

/** Places clearly thicker than the line, from left to right. */
function markersOf(
  { cover }: Layer,
  size: Size,
  thickness: number,
): { centres: Point[]; size: number } | undefined {
  const mask = cover.map((value) => (value >= 128 ? 1 : 0));
  const depth = depthOf(mask, size);
  const need = Math.ceil(thickness / 2) + 1;
  const core = Uint8Array.from(depth, (value) => (value > need ? 1 : 0));
  const { components } = componentsOf(core, size);
  if (components.length < 2) return undefined;
  // Growing the cores back gives the markers without the line that runs through them.
  const away = depthOf(
    core.map((value) => 1 - value),
    size,
  );
  const blobs = mask.map((value, i) => (value && (away[i] ?? 0) <= need ? 1 : 0));
  const { components: found } = componentsOf(blobs, size);
  const widths = found.map((one) => Math.max(one.right - one.left, one.bottom - one.top));
  const typical = median(widths);
  const good = found.filter((_, i) => Math.abs((widths[i] ?? 0) - typical) <= Math.max(2, 0.3 * typical));
  if (good.length < 2 || typical < thickness + 2.5) return undefined;
  const centres = good.map((one) => ({ x: (one.left + one.right) / 2, y: (one.top + one.bottom) / 2 }));
  centres.sort((a, b) => a.x - b.x);
  return { centres, size: typical };
}
