import { type ChartData, dataOf, valueAt } from '../../../tools/chart/data.ts';
import { dpiOf, emOfText, pointsOf, rankedFamilies } from '../../../tools/chart/font.ts';
import type { Family } from '../../../tools/chart/font-measures.ts';
import type { Axis, Chart, Frame, TextPiece } from '../../../tools/chart/model.ts';
import { numberOf, roundWithin } from '../../../tools/chart/numbers.ts';
import { hexOf } from '../../../tools/critic/embedded/words.ts';
import { autoTicks } from './auto-ticks.ts';
import { legendPlace, marginsOf, pieLayout } from './layout.ts';
import { num, numbers, str, strings } from './python.ts';
import { drawBars, drawHistogram, drawPie, drawPoints } from './write-plot.ts';

/** What the pixels leave open, decided by trying. */
export interface Choices {
  readonly family: Family;
  readonly boldTitle: boolean;
  /** Ticks are written out although matplotlib should set them so by itself. */
  readonly ownTicks: boolean;
  /** Limits are written out likewise. */
  readonly ownLimits: boolean;
  /** Sizes of texts in points, where widths in a render showed better ones. */
  readonly sizes: Readonly<Partial<Record<TextRole, number>>>;
}

/** Pixels within which the ends of an axis are known. */
const LIMIT = 1.1;

export type TextRole = 'title' | 'x' | 'y' | 'xticks' | 'yticks' | 'legend';

export function firstChoices(chart: Chart): Choices {
  const [family = 'DejaVu Sans'] = rankedFamilies(chart);
  return { family, boldTitle: false, ownTicks: false, ownLimits: false, sizes: {} };
}

/** The chart as a program that a person would write: data first, then the figure. */
export function programOf(chart: Chart, choices: Choices): string {
  const dpi = dpiOf(chart);
  const data = dataOf(chart);
  const sizes = textSizes(chart, choices, dpi);
  const base = sizes.base;
  const figure = `fig, ax = plt.subplots(figsize=(${num(inches(chart.width, dpi))}, ${num(inches(chart.height, dpi))}), dpi=${dpi})`;
  const { head, body } = plotCode(chart, data, dpi);
  const needsNumpy = [...head, ...body].some((line) => line.includes('np.'));
  const lines = [
    'import matplotlib.pyplot as plt',
    ...(needsNumpy ? ['import numpy as np'] : []),
    '',
    ...(choices.family === 'DejaVu Sans' ? [] : [`plt.rcParams["font.family"] = "${choices.family}"`]),
    ...(base === 10 ? [] : [`plt.rcParams["font.size"] = ${num(base)}`]),
    ...(choices.family === 'DejaVu Sans' && base === 10 ? [] : ['']),
    ...head,
    '',
    figure,
    ...(chart.frame ? marginsOf(chart, chart.frame) : pieLayout(chart, dpi).margins),
    '',
    ...body,
    ...textCode(chart, choices, sizes),
    ...axisCode(chart, data, choices, sizes, dpi),
    ...legendCode(chart, sizes, dpi),
    '',
    'fig.savefig("chart.png")',
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** A side in inches; matplotlib cuts the pixels that it comes to, so that a trace too little loses one. */
function inches(pixels: number, dpi: number): number {
  const near = Number((pixels / dpi).toFixed(3));
  return Math.floor(near * dpi) >= pixels ? near : Number((near + 0.001).toFixed(3));
}

interface Sizes {
  readonly base: number;
  readonly title: number;
  readonly x: number;
  readonly y: number;
  readonly xticks: number;
  readonly yticks: number;
  readonly legend: number;
}

/** Sizes in points; `base` is the one that most texts share. */
function textSizes(
  { title, x, y, legend, em }: Chart,
  { family, boldTitle, sizes }: Choices,
  dpi: number,
): Sizes {
  const measure = (pieces: readonly (TextPiece | undefined)[], bold = false) => {
    const known = pieces.flatMap((piece) =>
      piece && piece.text.length > 0 && !piece.text.includes('\n') ? [emOfText(piece, family, bold)] : [],
    );
    known.sort((a, b) => a - b);
    const middle = known[known.length >> 1];
    return middle === undefined ? undefined : pointsOf(middle, dpi);
  };
  const xticks = sizes.xticks ?? measure(x?.ticks.map(({ label }) => label) ?? []);
  const yticks = sizes.yticks ?? measure(y?.ticks.map(({ label }) => label) ?? []);
  const xl = sizes.x ?? measure([x?.label]);
  const yl = sizes.y ?? measure([y?.label]);
  const key = sizes.legend ?? measure(legend?.entries.map(({ text }) => text) ?? []);
  const votes = [xticks, yticks, xl, yl, key].flatMap((size) => size ?? []);
  const base =
    [...votes].sort((a, b) => votes.filter((v) => v === b).length - votes.filter((v) => v === a).length)[0] ??
    pointsOf(em, dpi);
  const steady = (size: number | undefined) =>
    size === undefined || Math.abs(size - base) <= 0.5 ? base : size;
  const head = sizes.title ?? measure(title, boldTitle) ?? 1.2 * base;
  return {
    base,
    title: Math.abs(head - 1.2 * base) <= 0.5 ? 1.2 * base : head,
    x: steady(xl),
    y: steady(yl),
    xticks: steady(xticks),
    yticks: steady(yticks),
    legend: steady(key),
  };
}

function plotCode(chart: Chart, data: ChartData, dpi: number): { head: string[]; body: string[] } {
  const { plot } = chart;
  if (plot.kind === 'pie') return drawPie(plot, pieLayout(chart, dpi).radius);
  if (plot.kind === 'bars')
    return plot.arrangement === 'histogram' ? drawHistogram(plot, data, dpi) : drawBars(plot, data, dpi);
  return drawPoints(plot, data, dpi);
}

function textCode({ title, x, y }: Chart, { boldTitle }: Choices, sizes: Sizes): string[] {
  const size = (value: number, usual: number) => (value === usual ? '' : `, fontsize=${num(value)}`);
  const head = title.map(({ text }) => text).join('\n');
  return [
    ...(head
      ? [
          `ax.set_title(${str(head)}${size(sizes.title, 1.2 * sizes.base)}${boldTitle ? ', fontweight="bold"' : ''})`,
        ]
      : []),
    ...(x?.label ? [`ax.set_xlabel(${str(x.label.text)}${size(sizes.x, sizes.base)})`] : []),
    ...(y?.label ? [`ax.set_ylabel(${str(y.label.text)}${size(sizes.y, sizes.base)})`] : []),
  ];
}

function axisCode(chart: Chart, data: ChartData, choices: Choices, sizes: Sizes, dpi: number): string[] {
  const { frame, x, y, grid, plot } = chart;
  if (!frame || !x || !y || plot.kind === 'pie') return [];
  const lines: string[] = [];
  const grouped = plot.kind === 'bars' && plot.arrangement === 'grouped';
  for (const [name, axis] of [
    ['x', x],
    ['y', y],
  ] as const) {
    lines.push(...limitCode(name, axis, frame, chart, data, choices));
    const named = axis.kind === 'category';
    if (named && grouped)
      lines.push(
        `ax.set_${name}ticks(${name === 'x' || plot.orientation === 'horizontal' ? 'places' : ''}, categories)`,
      );
    if (!named) lines.push(...tickCode(name, axis, frame, sizes, choices, dpi));
    const size = name === 'x' ? sizes.xticks : sizes.yticks;
    const marks = [
      ...(size === sizes.base ? [] : [`labelsize=${num(size)}`]),
      ...(axis.tickLength > 0 ? [] : ['length=0']),
    ];
    if (marks.length > 0) lines.push(`ax.tick_params(axis="${name}", ${marks.join(', ')})`);
  }
  if (grid) {
    const parts = [
      ...(grid.x && grid.y ? [] : [`axis="${grid.x ? 'x' : 'y'}"`]),
      ...(grid.dashed ? ['linestyle="--"'] : []),
      ...(hexOf(grid.colour) === '#b0b0b0'
        ? []
        : Math.max(...grid.colour) > 176 && grid.dashed
          ? ['alpha=0.7']
          : [`color="${hexOf(grid.colour)}"`]),
    ];
    lines.push(`ax.grid(${['True', ...parts].join(', ')})`);
    if (grid.below) lines.push('ax.set_axisbelow(True)');
  }
  const hidden = (['top', 'right'] as const).filter((side) => !frame.spines[side]);
  if (hidden.length > 0)
    lines.push(`ax.spines[[${hidden.map((side) => `"${side}"`).join(', ')}]].set_visible(False)`);
  return lines;
}

function limitCode(
  name: 'x' | 'y',
  axis: Axis,
  frame: Frame,
  chart: Chart,
  data: ChartData,
  { ownLimits }: Choices,
): string[] {
  const [from, to] = name === 'x' ? [frame.left, frame.right] : [frame.bottom, frame.top];
  const [low, high] = [valueAt(axis, from), valueAt(axis, to)];
  const pixel = Math.abs(axis.scale);
  const wanted = usualLimits(name, chart, data);
  if (
    !ownLimits &&
    wanted &&
    Math.abs(low - wanted[0]) <= 1.6 * pixel &&
    Math.abs(high - wanted[1]) <= 1.6 * pixel
  )
    return [];
  return [
    `ax.set_${name}lim(${num(roundWithin(low, LIMIT * pixel))}, ${num(roundWithin(high, LIMIT * pixel))})`,
  ];
}

/** Limits that matplotlib would set: five percent beyond the data, none beyond the foot of bars. */
function usualLimits(
  name: 'x' | 'y',
  { plot }: Chart,
  { series, barWidth, edges }: ChartData,
): readonly [number, number] | undefined {
  if (plot.kind === 'pie') return undefined;
  const padded = (low: number, high: number): readonly [number, number] => [
    low - 0.05 * (high - low),
    high + 0.05 * (high - low),
  ];
  if (plot.kind !== 'bars') {
    const values = series.flatMap((one) => (name === 'x' ? one.xs : one.values));
    return padded(Math.min(...values), Math.max(...values));
  }
  const along = (plot.orientation === 'vertical') === (name === 'x');
  if (along) {
    if (edges.length > 0) return padded(edges[0] ?? 0, edges.at(-1) ?? 1);
    const places = series.flatMap(({ xs, offset }) => xs.map((place) => place + offset));
    return padded(Math.min(...places) - barWidth / 2, Math.max(...places) + barWidth / 2);
  }
  const totals =
    plot.arrangement === 'stacked'
      ? (series[0]?.values.map((_, k) => series.reduce((sum, { values }) => sum + (values[k] ?? 0), 0)) ?? [])
      : series.flatMap(({ values }) => values);
  const [low, high] = [Math.min(0, ...totals), Math.max(0, ...totals)];
  const [a, b] = padded(low, high);
  return [low === 0 ? 0 : a, high === 0 ? 0 : b];
}

function tickCode(
  name: 'x' | 'y',
  axis: Axis,
  frame: Frame,
  sizes: Sizes,
  { ownTicks }: Choices,
  dpi: number,
): string[] {
  const [from, to, pixels] =
    name === 'x'
      ? [frame.left, frame.right, frame.right - frame.left]
      : [frame.bottom, frame.top, frame.bottom - frame.top];
  const sorted = [...axis.values].sort((a, b) => a - b);
  const size = name === 'x' ? sizes.xticks : sizes.yticks;
  const expected = autoTicks(valueAt(axis, from), valueAt(axis, to), (pixels * 72) / dpi, size, name);
  const pixel = Math.abs(axis.scale);
  const same =
    expected.length === sorted.length &&
    expected.every((value, i) => Math.abs(value - (sorted[i] ?? 0)) < 2 * pixel);
  const read = axis.ticks.flatMap(({ label }) => (label ? (numberOf(label.text) ?? []) : []));
  const dressed = read.filter(({ prefix, suffix }) => prefix || suffix);
  const [dress] = dressed;
  if (dress && dressed.length > 0.6 * read.length) {
    const decimals = Math.max(...read.map((one) => one.decimals));
    const labels = sorted.map((value) => `${dress.prefix}${value.toFixed(decimals)}${dress.suffix}`);
    return [`ax.set_${name}ticks(${numbers(sorted)}, ${strings(labels)})`];
  }
  return same && !ownTicks ? [] : [`ax.set_${name}ticks(${numbers(sorted)})`];
}

function legendCode(chart: Chart, sizes: Sizes, dpi: number): string[] {
  const { legend, frame, plot } = chart;
  if (!legend) return [];
  const whole = frame ?? pieLayout(chart, dpi).frame;
  const pad = (0.5 * sizes.legend * dpi) / 72;
  const inset = legend.framed ? 0 : (0.4 * sizes.legend * dpi) / 72;
  const area = {
    left: legend.area.left - inset,
    top: legend.area.top - inset,
    right: legend.area.right + inset,
    bottom: legend.area.bottom + inset,
  };
  const parts = [
    legendPlace(area, whole, pad),
    ...(legend.columns > 1 ? [`ncol=${legend.columns}`] : []),
    ...(legend.framed ? [] : ['frameon=False']),
    ...(sizes.legend === sizes.base ? [] : [`fontsize=${num(sizes.legend)}`]),
  ];
  return plot.kind === 'pie'
    ? [`ax.legend(${strings(legend.entries.map(({ text }) => text.text))}, ${parts.join(', ')})`]
    : [`ax.legend(${parts.join(', ')})`];
}
