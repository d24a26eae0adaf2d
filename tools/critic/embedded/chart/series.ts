import type { Discrepancy, Severity } from '../../../../core/discrepancy.ts';
import { type ChartData, dataOf, type SeriesData, valueAt } from '../../../chart/data.ts';
import type { Area, Chart } from '../../../chart/model.ts';
import { distance } from '../../../chart/palette.ts';
import { around } from '../../../chart/text-lines.ts';
import { colourWords } from '../words.ts';
import { finding, plotArea, RECOLOURED, SAME, say } from './finding.ts';
import { comparePies } from './pies.ts';
import { plain } from './texts.ts';

/** A list longer than this for one series is told in one line. */
const MOST = 4;

interface Pair {
  readonly wanted: SeriesData;
  readonly got: SeriesData | undefined;
  readonly index: number;
  readonly at: number;
}

/** Series that are missing, too many or recoloured, and values that differ, matched by name and colour. */
export function compareSeries(a: Chart, b: Chart): Discrepancy[] {
  if (a.plot.kind === 'pie' || b.plot.kind === 'pie') return comparePies(a, b);
  const [wanted, got] = [dataOf(a), dataOf(b)];
  const pairs = paired(wanted, got);
  const used = new Set(pairs.map(({ at }) => at));
  const found: Discrepancy[] = [];
  for (const pair of pairs) {
    const area = areaOf(a, pair.index);
    const name = nameOf(pair.wanted, pair.index);
    if (!pair.got) {
      found.push(
        finding(
          a,
          area,
          'structure_error',
          3,
          name,
          `The ${name} is missing (${colourWords(pair.wanted.colour)}).`,
        ),
      );
      continue;
    }
    found.push(
      ...compareColours(a, pair, area, name),
      ...compareNames(a, pair, name),
      ...compareValues(a, pair, wanted, got, name),
    );
  }
  for (const [i, extra] of got.series.entries()) {
    if (!used.has(i))
      found.push(
        finding(
          a,
          plotArea(a),
          'structure_error',
          3,
          'plot',
          `There is a series too many: ${nameOf(extra, i)} (${colourWords(extra.colour)}).`,
        ),
      );
  }
  return found;
}

/** Best partners first: equal names, then near colours, then near values. */
function paired(wanted: ChartData, got: ChartData): Pair[] {
  const costs = wanted.series.flatMap((one, index) =>
    got.series.map((other, at) => ({ index, at, cost: costOf(one, other) + (index === at ? 0 : 0.1) })),
  );
  costs.sort((x, y) => x.cost - y.cost);
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, at } of costs) {
    if (partner.has(index) || taken.has(at)) continue;
    partner.set(index, at);
    taken.add(at);
  }
  return wanted.series.map((one, index) => {
    const at = partner.get(index) ?? -1;
    return { wanted: one, got: got.series[at], index, at };
  });
}

function costOf(a: SeriesData, b: SeriesData): number {
  const named = a.name !== '' && b.name !== '';
  const words = named ? (plain(a.name) === plain(b.name) ? 0 : 1) : 0.5;
  const colour = Math.min(1, distance(a.colour, b.colour) / 120);
  const values = a.values.join() === b.values.join() ? 0 : 0.5;
  return words + colour + values;
}

function compareColours(a: Chart, { wanted, got }: Pair, area: Area, name: string): Discrepancy[] {
  if (!got) return [];
  if (distance(wanted.colour, got.colour) > RECOLOURED) {
    return [
      finding(
        a,
        area,
        'style_error',
        2,
        name,
        `The ${name} has another colour: it is ${colourWords(got.colour)}, it should be ${colourWords(wanted.colour)}.`,
      ),
    ];
  }
  const changed = wanted.colours.filter(
    (colour, i) => distance(colour, got.colours[i] ?? got.colour) > RECOLOURED,
  ).length;
  if (changed === 0 && (wanted.colours.length > 0 || got.colours.length === 0)) return [];
  return [finding(a, area, 'style_error', 2, name, `Bars of the ${name} have other colours.`)];
}

function compareNames(a: Chart, { wanted, got, index }: Pair, name: string): Discrepancy[] {
  if (!got || !wanted.name || !got.name || plain(wanted.name) === plain(got.name)) return [];
  const area = a.legend?.entries.find(({ text }) => text.text === wanted.name)?.text.area ?? areaOf(a, index);
  return [
    finding(
      a,
      area,
      'text_error',
      2,
      'legend',
      `The legend entry of the ${name} reads "${got.name}", it should read "${wanted.name}".`,
    ),
  ];
}

function compareValues(
  a: Chart,
  { wanted, got, index }: Pair,
  data: ChartData,
  other: ChartData,
  name: string,
): Discrepancy[] {
  if (!got || !a.frame || !a.x || !a.y) return [];
  const across = a.plot.kind === 'bars' && a.plot.orientation === 'horizontal' ? a.x : a.y;
  const [from, to] = across === a.x ? [a.frame.left, a.frame.right] : [a.frame.bottom, a.frame.top];
  const extent = Math.abs(valueAt(across, to) - valueAt(across, from));
  const width = Math.abs(valueAt(a.x, a.frame.right) - valueAt(a.x, a.frame.left));
  const differing: { at: number; wanted: number; got: number | undefined }[] = [];
  if (a.plot.kind === 'scatter') return compareDots(a, wanted, got, width, extent, index, name);
  for (const [k, value] of wanted.values.entries()) {
    const place = wanted.xs[k] ?? 0;
    const now =
      a.plot.kind === 'lines' ? heightOf(got, place, width) : barOf(got, place, k, data, other, width);
    if (now === undefined || Math.abs(now - value) > SAME * extent)
      differing.push({ at: k, wanted: value, got: now });
  }
  const label = (k: number) => data.categories[wanted.xs[k] ?? k] ?? say(wanted.xs[k] ?? 0, width);
  const severity = (list: typeof differing): Severity => {
    const worst = Math.max(
      ...list.map((one) => (one.got === undefined ? 1 : Math.abs(one.got - one.wanted) / extent)),
    );
    return worst > 0.15 ? 3 : worst > 0.04 ? 2 : 1;
  };
  const lengths = a.plot.kind === 'lines' ? endsOf(wanted, got, width) : undefined;
  if (differing.length > MOST) {
    const share = `${differing.length} of ${wanted.values.length}`;
    return [
      finding(
        a,
        areaOf(a, index),
        'data_error',
        severity(differing),
        name,
        `${share} values of the ${name} differ, e.g. at ${label(differing[0]?.at ?? 0)}: ${differing[0]?.got === undefined ? 'none' : say(differing[0].got, extent)} instead of ${say(differing[0]?.wanted ?? 0, extent)}.`,
      ),
    ];
  }
  const found = differing.map((one) => {
    const is = one.got === undefined ? 'is missing' : `is ${say(one.got, extent)}`;
    return finding(
      a,
      pointArea(a, index, one.at),
      'data_error',
      severity([one]),
      `${name} at ${label(one.at)}`,
      `The value at ${label(one.at)} ${is}, it should be ${say(one.wanted, extent)}.`,
    );
  });
  if (found.length === 0 && lengths) found.push(finding(a, areaOf(a, index), 'data_error', 2, name, lengths));
  return found;
}

/** Value of the bar at the same place, by its category or number. */
function barOf(
  got: SeriesData,
  place: number,
  index: number,
  data: ChartData,
  other: ChartData,
  width: number,
): number | undefined {
  if (data.categories.length > 0 && other.categories.length > 0) {
    const wanted = plain(data.categories[place] ?? '');
    const at =
      data.categories.length === other.categories.length
        ? index
        : other.categories.findIndex((text) => plain(text) === wanted);
    return got.values[at];
  }
  const at = got.xs.findIndex((x) => Math.abs(x - place) < 0.012 * width);
  return got.values[at] ?? undefined;
}

function heightOf({ xs, values }: SeriesData, x: number, width: number): number | undefined {
  const slack = 0.015 * width;
  for (const [k, to] of xs.entries()) {
    if (k === 0) continue;
    const from = xs[k - 1] ?? 0;
    if (x < from - slack || x > to + slack) continue;
    if (x > to && k < xs.length - 1) continue;
    const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
    return (values[k - 1] ?? 0) * (1 - t) + (values[k] ?? 0) * t;
  }
  return undefined;
}

/** A line that goes on before or after the reference's. */
function endsOf(wanted: SeriesData, got: SeriesData, width: number): string | undefined {
  const before = (wanted.xs[0] ?? 0) - (got.xs[0] ?? 0);
  const after = (got.xs.at(-1) ?? 0) - (wanted.xs.at(-1) ?? 0);
  if (before <= 0.02 * width && after <= 0.02 * width) return undefined;
  return `The line reaches from ${say(got.xs[0] ?? 0, width)} to ${say(got.xs.at(-1) ?? 0, width)}, it should reach from ${say(wanted.xs[0] ?? 0, width)} to ${say(wanted.xs.at(-1) ?? 0, width)}.`;
}

function compareDots(
  a: Chart,
  wanted: SeriesData,
  got: SeriesData,
  width: number,
  height: number,
  index: number,
  name: string,
): Discrepancy[] {
  const left = got.xs.map((x, k) => ({ x, y: got.values[k] ?? 0, free: true }));
  const missing: number[] = [];
  for (const [k, x] of wanted.xs.entries()) {
    const y = wanted.values[k] ?? 0;
    let best: { one: (typeof left)[number]; away: number } | undefined;
    for (const one of left) {
      const away = Math.max(Math.abs(one.x - x) / width, Math.abs(one.y - y) / height);
      if (one.free && away <= SAME && (!best || away < best.away)) best = { one, away };
    }
    if (best) best.one.free = false;
    else missing.push(k);
  }
  const extra = left.filter(({ free }) => free);
  if (missing.length === 0 && extra.length === 0) return [];
  const share = (missing.length + extra.length) / Math.max(1, wanted.xs.length);
  const severity: Severity =
    share > 0.3 ? 3 : share > 0.1 || Math.max(missing.length, extra.length) > 1 ? 2 : 1;
  const first = missing[0];
  const area = first === undefined ? areaOf(a, index) : pointArea(a, index, first);
  const example =
    first === undefined
      ? ''
      : `, e.g. at (${say(wanted.xs[first] ?? 0, width)}, ${say(wanted.values[first] ?? 0, height)})`;
  return [
    finding(
      a,
      area,
      'data_error',
      severity,
      name,
      `Points of the ${name} differ: ${missing.length} are not where they should be${example}; ${extra.length} stand where none should be.`,
    ),
  ];
}

export function nameOf({ name }: SeriesData, index: number): string {
  return name ? `series "${name}"` : `series ${index + 1}`;
}

/** What a series covers. */
export function areaOf(chart: Chart, index: number): Area {
  const { plot } = chart;
  if (plot.kind === 'bars') return around(plot.series[index]?.bars ?? []) ?? plotArea(chart);
  if (plot.kind === 'pie') return plotArea(chart);
  const points = plot.series[index]?.points ?? [];
  return (
    around(points.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }))) ??
    plotArea(chart)
  );
}

/** What one value of a series covers. */
export function pointArea(chart: Chart, index: number, at: number): Area {
  const { plot } = chart;
  if (plot.kind === 'bars') return plot.series[index]?.bars[at] ?? areaOf(chart, index);
  if (plot.kind === 'pie') return plotArea(chart);
  const point = plot.series[index]?.points[at];
  return point
    ? { left: point.x - 8, right: point.x + 8, top: point.y - 8, bottom: point.y + 8 }
    : areaOf(chart, index);
}
