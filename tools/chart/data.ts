import type { Rgb } from '../image/ground.ts';
import type { Axis, Bar, BarSeries, Chart, PointSeries } from './model.ts';
import { decimalsOfMost, decimalsWithin, roundTo } from './numbers.ts';
import { median } from './polyline.ts';

/** One series in the units of the axes, rounded to what the pixels support. */
export interface SeriesData {
  readonly name: string;
  readonly colour: Rgb;
  /** Places on the axis of categories: their indices, or numbers where the axis has numbers. */
  readonly xs: readonly number[];
  readonly values: readonly number[];
  /** Of each bar, where bars of one series differ in it. */
  readonly colours: readonly Rgb[];
  /** Of a grouped series: distance of its bars from their ticks, in units of the axis. */
  readonly offset: number;
}

export interface ChartData {
  readonly series: readonly SeriesData[];
  /** Of bars, in units of the axis that they stand along. */
  readonly barWidth: number;
  /** Of a histogram: one more than there are bars. */
  readonly edges: readonly number[];
  /** Categories that the axis names; empty where it has numbers. */
  readonly categories: readonly string[];
}

/** Bars end on whole pixels, so that they are known within half a pixel and the scale's own error. */
const BAR_PIXELS = 0.62;
const POINT_PIXELS = 0.45;

/** The numbers behind a chart; none of a pie, whose wedges say all. */
export function dataOf(chart: Chart): ChartData {
  const { plot, x, y, frame } = chart;
  const none: ChartData = { series: [], barWidth: 0, edges: [], categories: [] };
  if (!x || !y || plot.kind === 'pie') return none;
  if (plot.kind === 'bars') {
    const vertical = plot.orientation === 'vertical';
    const along = vertical ? x : y;
    const across = vertical ? y : x;
    const border = (vertical ? frame?.bottom : frame?.left) ?? Number.NaN;
    const length = (bar: Bar) => bar.value ?? lengthOf(bar, vertical, across, border);
    if (plot.arrangement === 'histogram') return histogram(plot.series[0], along, across, length);
    return {
      ...barsData(plot.series, plot.arrangement, vertical, along, across, length),
      edges: [],
      categories: namesOf(along),
    };
  }
  return { ...none, series: plot.series.map((one) => pointsData(one, x, y)), categories: namesOf(x) };
}

/** Labels of an axis of categories, in the order of their indices. */
export function namesOf(axis: Axis): string[] {
  if (axis.kind === 'number') return [];
  const names = axis.ticks.map(({ label }) => label?.text ?? '');
  return axis.scale < 0 && axis.ticks.length > 1 && (axis.ticks[0]?.at ?? 0) < (axis.ticks[1]?.at ?? 0)
    ? names.reverse()
    : names;
}

export function valueAt({ offset, scale }: Axis, pixel: number): number {
  return offset + scale * pixel;
}

/** @param border where the axis begins, in pixels: bars whose foot lies beyond it are cut off there */
export function lengthOf(bar: Bar, vertical: boolean, across: Axis, border: number): number {
  const [from, to] = vertical ? [bar.bottom, bar.top] : [bar.left, bar.right];
  const [a, b] = [valueAt(across, from), valueAt(across, to)];
  if (from === border && a > 0) return b;
  // A bar that hangs from zero has its value at the lower end.
  const tolerance = 3 * Math.abs(across.scale);
  return Math.abs(b) < tolerance && Math.abs(a) > tolerance ? a : b - (Math.abs(a) < tolerance ? 0 : a);
}

function barsData(
  series: readonly BarSeries[],
  arrangement: string,
  vertical: boolean,
  along: Axis,
  across: Axis,
  length: (bar: Bar) => number,
): Pick<ChartData, 'series' | 'barWidth'> {
  const tolerance = BAR_PIXELS * Math.abs(across.scale);
  const middle = (bar: Bar) =>
    valueAt(along, vertical ? (bar.left + bar.right) / 2 : (bar.top + bar.bottom) / 2);
  const every = series.flatMap(({ bars }) => bars);
  const width =
    median(every.map((bar) => (vertical ? bar.right - bar.left : bar.bottom - bar.top))) *
    Math.abs(along.scale);
  const places =
    along.kind === 'category' ? along.ticks.map((_, i) => i) : placesOf(every.map(middle), along);
  const nearest = (place: number) =>
    places.reduce(
      (best, one, i) => (Math.abs(one - place) < Math.abs((places[best] ?? 0) - place) ? i : best),
      0,
    );
  const found = series.map(({ name, colour, bars }) => {
    const values = places.map(() => 0);
    const colours = places.map(() => colour);
    const offsets: number[] = [];
    for (const bar of bars) {
      const k = nearest(middle(bar));
      values[k] = (values[k] ?? 0) + length(bar);
      colours[k] = bar.colour;
      offsets.push(middle(bar) - (places[k] ?? 0));
    }
    return { name, colour, values, colours, offset: arrangement === 'grouped' ? median(offsets) : 0 };
  });
  const said = new Set(every.flatMap(({ value }) => value ?? []));
  const decimals = decimalsOfMost(
    found.flatMap(({ values }) => values),
    tolerance,
  );
  const pixel = Math.abs(along.scale);
  const count = found.length;
  const shared =
    arrangement === 'grouped' && Math.abs(width * count - 0.8) < count * pixel
      ? Number((0.8 / count).toFixed(4))
      : undefined;
  const barWidth = shared ?? roundTo(width, decimalsWithin([width], 0.9 * pixel));
  // Groups of bars side by side, centred on their tick, are written so.
  const ranks = [...found].sort((a, b) => a.offset - b.offset);
  const side = (one: (typeof found)[number]) => (ranks.indexOf(one) - (count - 1) / 2) * barWidth;
  const regular =
    arrangement === 'grouped' && found.every((one) => Math.abs(one.offset - side(one)) < 1.6 * pixel);
  return {
    barWidth,
    series: found.map((one) => ({
      ...one,
      xs: places,
      values: one.values.map((value) => (said.has(value) ? value : roundTo(value, decimals))),
      colours: new Set(one.colours.map(String)).size > 1 ? one.colours : [],
      offset: regular
        ? Number(side(one).toFixed(4))
        : roundTo(one.offset, decimalsWithin([one.offset], 0.6 * pixel)),
    })),
  };
}

/** Places of bars on an axis of numbers: groups of bars share the tick between them. */
function placesOf(middles: readonly number[], along: Axis): number[] {
  const gap = Math.abs((along.values[1] ?? 1) - (along.values[0] ?? 0)) || 1;
  const onTicks = along.values.filter((value) =>
    middles.some((middle) => Math.abs(middle - value) < 0.5 * gap),
  );
  const tolerance = 1.5 * Math.abs(along.scale);
  const lonely = middles.every((middle) =>
    along.values.some((value) => Math.abs(value - middle) < 0.5 * gap),
  );
  if (
    lonely &&
    onTicks.length * 1.01 >= new Set(middles.map((middle) => Math.round(middle / (0.6 * gap)))).size
  )
    return onTicks;
  const sorted = [...middles].sort((a, b) => a - b);
  const distinct = sorted.filter((middle, i) => i === 0 || middle - (sorted[i - 1] ?? 0) > tolerance);
  const decimals = decimalsWithin(distinct, tolerance);
  return distinct.map((middle) => roundTo(middle, decimals));
}

function histogram(
  series: BarSeries | undefined,
  along: Axis,
  across: Axis,
  length: (bar: Bar) => number,
): ChartData {
  const bars = [...(series?.bars ?? [])].sort((a, b) => a.left - b.left);
  const [first, last] = [bars[0], bars.at(-1)];
  if (!series || !first || !last) return { series: [], barWidth: 0, edges: [], categories: [] };
  const unit = median(bars.map((bar) => bar.right - bar.left));
  const count = Math.max(1, Math.round((last.right - first.left) / unit));
  const [from, to] = [valueAt(along, first.left), valueAt(along, last.right)];
  const raw = Array.from({ length: count + 1 }, (_, k) => from + ((to - from) * k) / count);
  const decimals = decimalsWithin(raw, 1.1 * Math.abs(along.scale));
  const edges = raw.map((edge) => roundTo(edge, decimals));
  const heights = Array.from({ length: count }, (_, k) => {
    const centre = first.left + ((last.right - first.left) * (k + 0.5)) / count;
    const bar = bars.find(({ left, right }) => left <= centre && centre < right);
    return bar ? length(bar) : 0;
  });
  const places = decimalsWithin(heights, BAR_PIXELS * Math.abs(across.scale));
  const values = heights.map((height) => roundTo(height, places));
  const xs = edges.slice(1).map((edge, k) => (edge + (edges[k] ?? 0)) / 2);
  const own = { name: series.name, colour: series.colour, xs, values, colours: [], offset: 0 };
  return { series: [own], barWidth: 0, edges, categories: [] };
}

function pointsData({ name, colour, points, line }: PointSeries, x: Axis, y: Axis): SeriesData {
  const xs = points.map((point) => valueAt(x, point.x));
  const ys = points.map((point) => valueAt(y, point.y));
  const alongX = decimalsOfMost(xs, (line ? 1.3 : POINT_PIXELS) * Math.abs(x.scale));
  const alongY = decimalsOfMost(ys, POINT_PIXELS * Math.abs(y.scale));
  return {
    name,
    colour,
    xs: xs.map((value) => roundTo(value, alongX)),
    values: ys.map((value) => roundTo(value, alongY)),
    colours: [],
    offset: 0,
  };
}
