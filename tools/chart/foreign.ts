import { componentsOf } from '../image/components.ts';
import { depthOf } from '../image/depth.ts';
import type { Size } from '../image/pixels.ts';
import { columnsOf, thicknessOf } from './columns.ts';
import { lineOf } from './line-series.ts';
import type { Area, Bar, Frame, Point, PointSeries } from './model.ts';
import type { Layer } from './palette.ts';
import { type Dots, dotsOf } from './points.ts';
import { isStroke } from './stroke-width.ts';
import { type Stroke, strokesIn } from './strokes.ts';

/** Whiskers that show as such: fewer may be letters or edges that lie so by chance. */
const FEWEST = 2;

/** Boxes or error bars, by the caps of their whiskers; the reason in words, or nothing. */
export function whiskersIn(dark: Uint8Array, size: Size, area: Area, em: number): string | undefined {
  for (const direction of ['upright', 'level'] as const) {
    const capped = strokesIn(dark, size, area, em, direction).filter((one) => one.capped);
    if (capped.length < FEWEST) continue;
    const paired = capped.filter((one) =>
      capped.some((other) => other !== one && Math.abs(other.at - one.at) <= 2 && !touch(one, other)),
    );
    return paired.length > 0.6 * capped.length ? 'boxes with whiskers: a box plot' : 'error bars';
  }
  return undefined;
}

function touch(a: Stroke, b: Stroke): boolean {
  return Math.min(a.to, b.to) > Math.max(a.from, b.from) - 2;
}

/** Dark strokes through the ends of most bars, along their middles: error bars without caps. */
export function strokesThrough(
  bars: readonly Bar[],
  vertical: boolean,
  dark: Uint8Array,
  size: Size,
  area: Area,
  em: number,
): boolean {
  const strokes = strokesIn(dark, size, area, em, vertical ? 'upright' : 'level');
  const crossed = bars.filter((bar) => {
    const middle = vertical ? (bar.left + bar.right) / 2 : (bar.top + bar.bottom) / 2;
    const end = vertical ? bar.top : bar.right;
    return strokes.some((one) => Math.abs(one.at - middle) <= 2 && one.from < end - 3 && one.to > end + 3);
  });
  return bars.length >= 2 && crossed.length > 0.6 * bars.length;
}

/** Ink of a line's own colour reaches up and down from most of its points: error bars. */
export function barred(
  { cover }: Layer,
  { points, marker }: Pick<PointSeries, 'points' | 'marker'>,
  { width, height }: Size,
  em: number,
): boolean {
  // Crosses are not always seen as markers.
  const least = marker ? marker.size / 2 + 0.3 * em : 0.6 * em;
  const reach = (point: Point, step: -1 | 1) => {
    const x = Math.floor(point.x);
    let y = Math.round(point.y);
    // The bar may stand a pixel beside the point that was found.
    const inked = (row: number) =>
      row >= 0 && row < height && [-1, 0, 1].some((dx) => (cover[row * width + x + dx] ?? 0) >= 128);
    while (inked(y)) y += step;
    return Math.abs(y - point.y);
  };
  const found = points.filter((point) => reach(point, -1) > least && reach(point, 1) > least);
  return points.length >= 3 && found.length > 0.6 * points.length;
}

/** A layer fills areas when most of it is thicker than this many ems. */
const SOLID = 0.35;
/** A stroke of one width is a line up to this many ems. */
const THICKEST = 0.85;
/** A line that counts runs over this share of the plotting area. */
const RUN = 0.25;

/**
 * Kinds of data that stand in one plot beside each other: filled shapes and lines, dots and lines. The reason in
 * words, or nothing.
 */
export function mixedIn(
  layers: readonly Layer[],
  size: Size,
  frame: Frame,
  em: number,
  gap: number,
): string | undefined {
  const dots = layers.map((layer) => dotsOf(layer, size, em, gap));
  const isDots = (i: number) => {
    const one = dots[i];
    // The points of a dotted line are smaller.
    return (
      one !== undefined &&
      one.explained > 0.85 &&
      one.size > 0.35 * em &&
      one.points.length > 3 &&
      !isChain(one)
    );
  };
  const isLine = (layer: Layer) => {
    const line = lineOf(layer, size, frame, []);
    return line !== undefined && isStroke(columnsOf(layer, size, frame).columns, line.points, THICKEST * em);
  };
  const solid = layers.filter(
    (layer, i) => thicknessOf(layer, size) > Math.max(4, SOLID * em) && !isDots(i) && !isLine(layer),
  );
  const lines = layers.filter((layer, i) => {
    if (isDots(i) || solid.includes(layer) || edges(layer, solid, size)) return false;
    const line = lineOf(layer, size, frame, []);
    const [first, last] = [line?.points[0], line?.points.at(-1)];
    return first && last && last.x - first.x > RUN * (frame.right - frame.left);
  });
  if (solid.length > 0 && solid.some((layer) => slopes(layer, size)))
    return 'a filled area, a band or another filled shape that is no bar';
  if (solid.length > 0 && lines.length > 0) return 'bars and lines are mixed in one plot';
  if (lines.length > 0 && layers.some((_, i) => isDots(i))) return 'dots and lines are mixed in one plot';
  return undefined;
}

/** Pieces that follow each other more closely than twice their size: the dashes of a line. */
export function isChain({ points, size }: Dots): boolean {
  const close = points.filter((a) =>
    points.some((b) => b !== a && Math.hypot(a.x - b.x, a.y - b.y) < 2.2 * size),
  );
  return close.length > 0.8 * points.length;
}

/** A thin layer lies along others: what is drawn around bars. */
function edges({ cover }: Layer, solid: readonly Layer[], { width }: Size): boolean {
  let [near, all] = [0, 0];
  for (const [i, value] of cover.entries()) {
    if (value < 128) continue;
    all++;
    const beside = [-3, -2, -1, 1, 2, 3].some((k) =>
      solid.some((one) => (one.cover[i + k] ?? 0) >= 128 || (one.cover[i + k * width] ?? 0) >= 128),
    );
    if (beside) near++;
  }
  return near > 0.9 * all;
}

/** The outline of the thick parts goes up or down by small steps, where a bar's would jump. */
function slopes({ cover }: Layer, { width, height }: Size): boolean {
  const mask = cover.map((value) => (value >= 128 ? 1 : 0));
  const depth = depthOf(mask, { width, height });
  const thick = (i: number) => (depth[i] ?? 0) >= 3;
  let [small, jumps, columns] = [0, 0, 0];
  const large = componentsOf(mask, { width, height }).components.some(
    (one) => one.right - one.left > 0.2 * width || one.bottom - one.top > 0.25 * height,
  );
  let before = -1;
  for (let x = 0; x < width; x++) {
    let top = 0;
    while (top < height && !thick(top * width + x)) top++;
    const step = Math.abs(top - before);
    if (top < height) columns++;
    if (before >= 0 && before < height && top < height && step > 0) {
      if (step <= 3) small++;
      else jumps++;
    }
    before = top;
  }
  return large && small > 0.15 * columns && small > 3 * jumps;
}
