import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { edgeOf, rectanglesOf } from './bars.ts';
import type { Axis, Bar, BarSeries, Frame, Legend, Plot } from './model.ts';
import { distance, isWashedOut, type Layer, mixture } from './palette.ts';
import { median } from './polyline.ts';

type Bars = Extract<Plot, { kind: 'bars' }>;

/** Reads layers as bars; undefined where they are none. */
export function barsOf(
  pixels: Pixels,
  layers: readonly Layer[],
  frame: Frame,
  axes: { x: Axis; y: Axis },
  ground: Rgb,
  legend: Legend | undefined,
  { gap, noise }: { readonly gap: number; readonly noise: number },
): Bars | undefined {
  const every: Bar[] = [];
  for (const layer of layers) {
    const rectangles = rectanglesOf(layer, pixels, gap);
    if (!rectangles) return undefined;
    every.push(...rectangles.map((area) => ({ ...area, colour: layer.colour })));
  }
  const found = noise > 0 ? withoutSlivers(every) : every;
  const thick = median(found.map((bar) => Math.min(bar.right - bar.left, bar.bottom - bar.top)));
  if (found.length === 0 || thick < 3) return undefined;
  const edge = edgeOf(pixels, found, ground, frame);
  const grow = (edge?.thickness ?? 0) / 2;
  const grown = found.map((bar) => ({
    ...bar,
    left: bar.left - grow,
    top: bar.top - grow,
    right: bar.right + grow,
    bottom: bar.bottom + grow,
  }));
  const orientation = orientationOf(grown, axes);
  if (!orientation) return undefined;
  const vertical = orientation === 'vertical';
  const along = vertical ? axes.x : axes.y;
  const bars = onAxis(grown, vertical, frame);
  const split = isContiguous(bars, vertical)
    ? bars.flatMap((bar) => splitBy(bar, unitOf(bars, vertical), vertical))
    : bars;
  return arrange(split, vertical, along, legend, edge, orientation);
}

/** JPEG paints the edges of bars in the colours of others. */
const SLIVER = 3.5;

/** Bars without those of a few pixels that lie along the edge of one of another colour. */
function withoutSlivers(bars: readonly Bar[]): Bar[] {
  const thin = ({ left, top, right, bottom }: Bar) => Math.min(right - left, bottom - top) < SLIVER;
  const touch = (a: Bar, b: Bar) =>
    Math.max(a.left, b.left) - Math.min(a.right, b.right) <= 2 &&
    Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom) <= 2;
  return bars.filter(
    (bar) =>
      !thin(bar) || !bars.some((other) => !thin(other) && other.colour !== bar.colour && touch(bar, other)),
  );
}

/** Bars that reach the border line stand on it. */
function onAxis(bars: readonly Bar[], vertical: boolean, frame: Frame): Bar[] {
  const near = frame.thickness / 2 + 3;
  return bars.map((bar) =>
    vertical
      ? { ...bar, bottom: Math.abs(bar.bottom - frame.bottom) <= near ? frame.bottom : bar.bottom }
      : { ...bar, left: Math.abs(bar.left - frame.left) <= near ? frame.left : bar.left },
  );
}

/** The side on which most bars stand tells how they are turned; where both fit, categories do. */
function orientationOf(bars: readonly Bar[], axes: { x: Axis; y: Axis }): Bars['orientation'] | undefined {
  const vertical = standing(columnsIn(bars, true), true);
  const horizontal = standing(columnsIn(bars, false), false);
  if (Math.max(vertical, horizontal) < 0.8) return undefined;
  if (Math.abs(vertical - horizontal) < 0.15) {
    if (axes.x.kind !== axes.y.kind) return axes.x.kind === 'category' ? 'vertical' : 'horizontal';
    const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    const widths = spread(bars.map(({ left, right }) => right - left));
    const heights = spread(bars.map(({ top, bottom }) => bottom - top));
    return widths <= heights ? 'vertical' : 'horizontal';
  }
  return vertical > horizontal ? 'vertical' : 'horizontal';
}

/** Share of the columns of bars that touch the place where most of them do. */
function standing(columns: readonly (readonly Bar[])[], vertical: boolean): number {
  const ends = columns.map((column) =>
    vertical
      ? [Math.min(...column.map(({ top }) => top)), Math.max(...column.map(({ bottom }) => bottom))]
      : [Math.min(...column.map(({ left }) => left)), Math.max(...column.map(({ right }) => right))],
  );
  const shares = ends
    .flat()
    .map((place) => ends.filter((pair) => pair.some((end) => Math.abs(end - place) <= 2.5)).length);
  const widths = columns.map(([bar]) => (bar ? (vertical ? bar.right - bar.left : bar.bottom - bar.top) : 0));
  const usual = median(widths);
  const even =
    widths.filter((width) => Math.abs(width - usual) <= Math.max(2, 0.05 * usual)).length /
    Math.max(1, widths.length);
  return (Math.max(0, ...shares) / Math.max(1, columns.length)) * 0.7 + 0.3 * even;
}

/** Bars that stand on each other, by their places along the axis. */
function columnsIn(bars: readonly Bar[], vertical: boolean): Bar[][] {
  const columns: Bar[][] = [];
  for (const bar of bars) {
    const same = columns.find(([other]) => {
      if (!other) return false;
      const [a, b, c, d] = vertical
        ? [bar.left, bar.right, other.left, other.right]
        : [bar.top, bar.bottom, other.top, other.bottom];
      return Math.abs(a - c) <= 3 && Math.abs(b - d) <= 3;
    });
    if (same) same.push(bar);
    else columns.push([bar]);
  }
  return columns;
}

function unitOf(bars: readonly Bar[], vertical: boolean): number {
  const widths = bars
    .map((bar) => (vertical ? bar.right - bar.left : bar.bottom - bar.top))
    .sort((a, b) => a - b);
  // The narrowest third: neighbours of one height look like one wide bar.
  return widths[Math.floor(widths.length / 4)] ?? 1;
}

/** Neighbours touch, as a histogram's bars do. */
function isContiguous(bars: readonly Bar[], vertical: boolean): boolean {
  if (!vertical || bars.length < 3) return false;
  const sorted = [...bars].sort((a, b) => a.left - b.left);
  const touching = sorted
    .slice(1)
    .filter((bar, i) => Math.abs(bar.left - (sorted[i]?.right ?? 0)) <= 2.1).length;
  return touching >= 0.6 * (sorted.length - 1) && new Set(bars.map(({ colour }) => colour.join())).size === 1;
}

function splitBy(bar: Bar, unit: number, vertical: boolean): Bar[] {
  const extent = vertical ? bar.right - bar.left : bar.bottom - bar.top;
  const parts = Math.max(1, Math.round(extent / unit));
  return Array.from({ length: parts }, (_, k) => ({
    ...bar,
    left: bar.left + (extent * k) / parts,
    right: bar.left + (extent * (k + 1)) / parts,
  }));
}

function arrange(
  bars: readonly Bar[],
  vertical: boolean,
  along: Axis,
  legend: Legend | undefined,
  edge: Bars['edge'],
  orientation: Bars['orientation'],
): Bars {
  const place = (bar: Bar) => (vertical ? (bar.left + bar.right) / 2 : (bar.top + bar.bottom) / 2);
  const columns = columnsIn(bars, vertical);
  const colours = unique(bars.map(({ colour }) => colour));
  const stacked = columns.some((column) => new Set(column.map(({ colour }) => colour.join())).size > 1);
  const spacing = Math.abs(1 / along.scale);
  const shared = along.ticks.some(
    ({ at }) =>
      columns.filter(([bar]) => bar && Math.abs(place(bar) - at) < 0.5 * Math.min(spacing, tickGap(along)))
        .length > 1,
  );
  const histogram =
    vertical && colours.length === 1 && along.kind === 'number' && isContiguous(bars, vertical);
  const arrangement = stacked
    ? 'stacked'
    : histogram
      ? 'histogram'
      : colours.length > 1 && shared
        ? 'grouped'
        : 'single';
  const sort = (list: readonly Bar[]) =>
    [...list].sort((a, b) => (vertical ? place(a) - place(b) : place(b) - place(a)));
  if (arrangement === 'single' || arrangement === 'histogram') {
    const [colour = [0, 0, 0] as const] = colours;
    const name = legend?.entries.length === 1 ? (legend.entries[0]?.text.text ?? '') : '';
    return { kind: 'bars', orientation, arrangement, edge, series: [{ name, colour, bars: sort(bars) }] };
  }
  const series = colours.map((colour): BarSeries => {
    const own = sort(bars.filter((bar) => bar.colour === colour));
    return { name: nameOf(colour, legend), colour, bars: own };
  });
  const rank = ({ colour, bars: own }: BarSeries) => {
    if (stacked) return fromFoot(colour, columns, vertical);
    const index = legend?.entries.findIndex((entry) => distance(entry.colour, colour) < 45) ?? -1;
    const side = median(own.map((bar) => place(bar) - nearestTick(along, place(bar))));
    return index >= 0 ? index : side;
  };
  series.sort((a, b) => rank(a) - rank(b));
  return { kind: 'bars', orientation, arrangement, edge, series };
}

/** Mean rank of a colour in its stacks, counted from the foot. */
function fromFoot(colour: Rgb, columns: readonly (readonly Bar[])[], vertical: boolean): number {
  const ranks = columns.flatMap((column) => {
    const sorted = [...column].sort((a, b) => (vertical ? b.bottom - a.bottom : a.left - b.left));
    const index = sorted.findIndex((bar) => bar.colour === colour);
    return index < 0 ? [] : [index];
  });
  return ranks.reduce((sum, rank) => sum + rank, 0) / Math.max(1, ranks.length);
}

function tickGap({ ticks }: Axis): number {
  const places = ticks.map(({ at }) => at).sort((a, b) => a - b);
  return Math.min(...places.slice(1).map((at, i) => at - (places[i] ?? 0)), Infinity);
}

function nearestTick({ ticks }: Axis, place: number): number {
  return ticks.reduce(
    (best, { at }) => (Math.abs(at - place) < Math.abs(best - place) ? at : best),
    ticks[0]?.at ?? 0,
  );
}

/** What a colour's distance counts where it is that of a thin stroke, which JPEG or anti-aliasing pales. */
const PALED = 0.4;
const WHITE: Rgb = [255, 255, 255];

export function nameOf(colour: Rgb, legend: Legend | undefined): string {
  const away = (entry: Rgb) => {
    const { share, residual } = mixture(entry, colour, WHITE);
    const paled = isWashedOut(entry, colour) || (residual < 16 && share > 0.35);
    return (paled ? PALED : 1) * distance(entry, colour);
  };
  const near = legend?.entries
    .map((entry) => ({ entry, away: away(entry.colour) }))
    .sort((a, b) => a.away - b.away)[0];
  return near && near.away < 45 ? near.entry.text.text : '';
}

function unique(colours: readonly Rgb[]): Rgb[] {
  return [...new Map(colours.map((colour) => [colour.join(), colour])).values()];
}
