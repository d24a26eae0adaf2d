import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { columnsOf } from './columns.ts';
import { dashOf } from './dash.ts';
import { valueAt } from './data.ts';
import type { LineReading } from './line-series.ts';
import { type Markers, markersAlong } from './markers.ts';
import type { Area, Axis, Frame, Marker, Point } from './model.ts';
import { decimalsOfMost, roundTo } from './numbers.ts';
import type { Layer } from './palette.ts';
import { type Column, fitKnots, median } from './polyline.ts';
import { straightened } from './segments.ts';
import { strokeWidth } from './stroke-width.ts';

export interface MarkedLineParts {
  readonly pixels: Pixels;
  /** Non-zero where other data lies. */
  readonly hidden: Uint8Array;
  readonly frame: Frame;
  readonly inner: Area;
  /** What the line runs along. */
  readonly axis: Axis;
  readonly em: number;
}

/** Pixels within which places along the axis are known. */
const ALONG = 1.3;
/** A fit worse than this, in pixels, has lost a corner. */
const LOST = 1.2;
/** Markers are mostly within this many ems of their point. */
const MARKED = 0.5;
/** Dashes tell the stroke's width where it was measured within this factor of it: other patterns exist. */
const PATTERN = 1.5;
/** A marker's middle counts as much as this many columns of a thin line. */
const WEIGHT = 4;

/**
 * A line that was read roughly, with its markers, and its points and width measured anew where neither markers,
 * joints nor caps change them.
 */
export function markedLine(rough: LineReading, layer: Layer, parts: MarkedLineParts): LineReading {
  const { pixels, hidden, frame, inner, axis, em } = parts;
  const { columns } = columnsOf(layer, pixels, frame);
  const corners = straightened(columns, rough.points, Math.max(MARKED * em, rough.marker?.size ?? 0));
  const width = strokeWidth(columns, corners, rough.marker?.size ?? 0) ?? rough.line?.thickness ?? 1;
  const ink = { cover: layer.cover, hidden, size: pixels, inner };
  const markers = markersAlong(ink, corners, width, em);
  const all = corners.map(({ x }) => x);
  const chosen = markers ? placesOf(markers, corners) : all;
  const fits = [chosen, all].flatMap((places) => {
    const xs = onScale(places, axis);
    const evidence = [...bareColumns(columns, xs, markers?.width ?? width), ...middles(markers)];
    const fit = fitKnots(
      evidence.sort((a, b) => a.x - b.x),
      xs,
    );
    return fit ? [{ xs, fit }] : [];
  });
  const best = fits.find(({ fit }) => fit.error < LOST) ?? fits.at(-1);
  if (!best || best.fit.error > rough.error + LOST) return { ...rough, marker: undefined };
  const points = best.xs.map((x, k) => ({ x, y: best.fit.ys[k] ?? 0 }));
  const measured = strokeWidth(columns, points, markers?.width ?? 0) ?? width;
  const broken = dashOf(columns, points, measured, markers?.width ?? 0);
  const told = broken.thickness ?? measured;
  const thickness = Math.abs(Math.log(told / measured)) < Math.log(PATTERN) ? told : measured;
  return {
    colour: rough.colour,
    points,
    marker: markers && markerOf(markers, layer, parts, points),
    line: { dash: broken.dash, thickness },
    error: best.fit.error,
  };
}

/** Markers' middles, and the rough line's points where a marker shows or may be hidden. */
function placesOf(markers: Markers, rough: readonly Point[]): number[] {
  const { centres, width, standsAt } = markers;
  const apart = rough.filter(
    (point) =>
      centres.every(({ x, y }) => Math.hypot(x - point.x, y - point.y) > 0.6 * width) && standsAt(point),
  );
  return [...centres, ...apart].map(({ x }) => x).sort((a, b) => a - b);
}

/** Places as a person would have chosen them, as far as the pixels allow it. */
function onScale(places: readonly number[], axis: Axis): number[] {
  const values = places.map((place) => valueAt(axis, place));
  const decimals = decimalsOfMost(values, ALONG * Math.abs(axis.scale));
  return values.map((value) => (roundTo(value, decimals) - axis.offset) / axis.scale);
}

/** Columns that neither a marker nor a joint or cap of the stroke reaches; all where too few are left. */
function bareColumns(columns: readonly Column[], xs: readonly number[], width: number): readonly Column[] {
  const reach = 0.5 * width + 1;
  const bare = columns.filter(({ x }) => xs.every((place) => Math.abs(place - x) > reach));
  return bare.length >= Math.max(8, 0.3 * columns.length) ? bare : columns;
}

function middles(markers: Markers | undefined): Column[] {
  return (markers?.centres ?? []).flatMap(({ x, y }) =>
    Array.from({ length: WEIGHT }, () => ({ x, y, thickness: 1 })),
  );
}

function markerOf(
  { form, width }: Markers,
  { cover }: Layer,
  { pixels }: MarkedLineParts,
  points: readonly Point[],
): Marker {
  const marker = { shape: form.shape, size: width };
  if (!form.hollow) return marker;
  const at = ({ x, y }: Point) => Math.round(y) * pixels.width + Math.round(x);
  const through = points.filter((point) => (cover[at(point)] ?? 0) >= 128).length;
  if (through > points.length / 2) return { ...marker, face: 'none' };
  const level = (channel: number) =>
    median(points.map((point) => pixels.data[at(point) * 3 + channel] ?? 255));
  const face: Rgb = [level(0), level(1), level(2)];
  return { ...marker, face };
}
