import { dataOf } from '../../../tools/chart/data.ts';
import type { Axis, Chart } from '../../../tools/chart/model.ts';
import type { Sample, Series } from './sample.ts';

/** How a reading compares with what was drawn. */
export interface Verdict {
  readonly kindRight: boolean;
  readonly values: { readonly right: number; readonly all: number };
  readonly texts: { readonly right: number; readonly all: number };
  /** Texts that differ, for a person to look at. */
  readonly notes: readonly string[];
}

/** Values count as right within this share of their axis. */
const SHARE = 0.01;

export function judged({ truth, kind }: Sample, chart: Chart): Verdict {
  const notes: string[] = [];
  const kindRight = kindOf(chart) === (kind === 'bar' || kind === 'barh' ? kind : kind);
  if (!kindRight) notes.push(`kind ${kindOf(chart)}`);
  const said = textsOf(chart);
  const wanted = [
    truth.title,
    truth.xLabel,
    truth.yLabel,
    ...(kind === 'pie' ? truth.categories : truth.categories.map(String)),
    ...(truth.legend ? truth.series.map(({ name }) => name) : []),
  ].filter(Boolean);
  let right = 0;
  const left = [...said];
  for (const text of wanted) {
    const index = left.indexOf(text);
    if (index >= 0) {
      right++;
      left.splice(index, 1);
    } else {
      notes.push(`no "${text}" among ${left.slice(0, 4).join('|')}`);
    }
  }
  const values = valuesRight({ truth, kind }, chart);
  if (values.right < values.all) notes.push(`values ${values.right}/${values.all}`);
  return { kindRight, values, texts: { right, all: wanted.length }, notes };
}

function kindOf({ plot }: Chart): string {
  if (plot.kind === 'lines') return 'line';
  if (plot.kind !== 'bars') return plot.kind;
  if (plot.arrangement === 'single') return plot.orientation === 'vertical' ? 'bar' : 'barh';
  return plot.arrangement === 'histogram' ? 'hist' : plot.arrangement;
}

function textsOf({ title, x, y, legend, plot }: Chart): string[] {
  const ticks = [x, y].flatMap(
    (axis) => axis?.ticks.flatMap(({ label }) => (label ? [label.text] : [])) ?? [],
  );
  return [
    ...title.map(({ text }) => text),
    ...[x?.label, y?.label].flatMap((label) => (label ? [label.text] : [])),
    ...(legend?.entries.map(({ text }) => text.text) ?? []),
    ...(plot.kind === 'pie' ? plot.wedges.flatMap(({ label }) => (label ? [label.text] : [])) : []),
    ...ticks,
  ];
}

const extentOf = (axis: Axis | undefined, from: number, to: number) =>
  Math.abs((axis?.scale ?? 1) * (to - from)) || 1;

function valuesRight(
  { truth, kind }: Pick<Sample, 'truth' | 'kind'>,
  chart: Chart,
): { right: number; all: number } {
  const all = truth.series.reduce((sum, { values }) => sum + values.length, 0);
  const { plot, frame } = chart;
  if (plot.kind === 'pie') {
    const total = truth.series[0]?.values.reduce((sum, value) => sum + value, 0) ?? 1;
    const right = truth.categories.filter((name, i) => {
      const wedge = plot.wedges.find(({ label }) => label?.text === name) ?? undefined;
      return wedge && Math.abs(wedge.share - (truth.series[0]?.values[i] ?? 0) / total) < SHARE;
    }).length;
    return { right, all };
  }
  if (!frame) return { right: 0, all };
  const data = dataOf(chart);
  const across =
    kind === 'barh' ? extentOf(chart.x, frame.left, frame.right) : extentOf(chart.y, frame.top, frame.bottom);
  const along = extentOf(chart.x, frame.left, frame.right);
  const match = (series: Series, i: number) =>
    (series.name ? data.series.find(({ name }) => name === series.name) : undefined) ?? data.series[i];
  let right = 0;
  for (const [i, series] of truth.series.entries()) {
    const own = match(series, i);
    if (!own) continue;
    if (kind === 'scatter') {
      const left = own.xs.map((x, k) => ({ x, y: own.values[k] ?? 0 }));
      for (const [k, value] of series.values.entries()) {
        const x = series.xs?.[k] ?? 0;
        const index = left.findIndex(
          (one) => Math.abs(one.x - x) <= SHARE * along && Math.abs(one.y - value) <= SHARE * across,
        );
        if (index < 0) continue;
        right++;
        left.splice(index, 1);
      }
      right -= Math.min(right, left.length);
    } else if (kind === 'line') {
      for (const [k, value] of series.values.entries()) {
        const y = heightOf(own.xs, own.values, series.xs?.[k] ?? k, along);
        if (y !== undefined && Math.abs(y - value) <= SHARE * across) right++;
      }
      if (own.xs.length > series.values.length)
        right -= Math.min(right, own.xs.length - series.values.length);
    } else {
      if (own.values.length !== series.values.length) continue;
      for (const [k, value] of series.values.entries())
        if (Math.abs((own.values[k] ?? Infinity) - value) <= SHARE * across) right++;
    }
  }
  if (data.series.length !== truth.series.length) right = Math.min(right, all - 1);
  return { right, all };
}

/** Height of a polyline at a place; undefined beyond its ends. */
function heightOf(
  xs: readonly number[],
  ys: readonly number[],
  x: number,
  extent: number,
): number | undefined {
  const slack = SHARE * extent;
  for (const [k, b] of xs.entries()) {
    const a = xs[k - 1];
    if (Math.abs(b - x) < 1e-9 * extent) return ys[k];
    if (a === undefined || x < a - slack || x > b + slack) continue;
    const t = Math.min(1, Math.max(0, (x - a) / (b - a)));
    if (x <= b + (k === xs.length - 1 ? slack : 0)) return (ys[k - 1] ?? 0) * (1 - t) + (ys[k] ?? 0) * t;
  }
  const first = xs[0];
  return first !== undefined && Math.abs(first - x) <= slack ? ys[0] : undefined;
}
