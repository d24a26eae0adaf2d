import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { barred, isChain, mixedIn, strokesThrough } from './foreign.ts';
import { lineOf } from './line-series.ts';
import { markedLine } from './marked-line.ts';
import type { Area, Axis, Frame, Grid, Legend, Plot, PointSeries, Unreadable } from './model.ts';
import { type Layer, mixture } from './palette.ts';
import { barsOf, nameOf } from './plot-bars.ts';
import { dotsOf } from './points.ts';

export interface PlotParts {
  readonly pixels: Pixels;
  readonly layers: readonly Layer[];
  readonly frame: Frame;
  /** Where the layers were looked for. */
  readonly inner: Area;
  readonly x: Axis;
  readonly y: Axis;
  readonly ground: Rgb;
  readonly legend: Legend | undefined;
  readonly em: number;
  readonly noise: number;
  readonly grid: Grid | undefined;
  /** Dark ink that is no text. */
  readonly dark: Uint8Array;
}

/** Colours that cover less than this share of what the commonest does are traces of others. */
const TRACE = 0.015;
/** Dots explain at least this share of a scatter plot's ink. */
const EXPLAINED = 0.85;

/** Cover, of 255, from which a colour hides another. */
const HIDING = 48;

/** Bars that cover this share of the plotting area are cells. */
const FULL = 0.93;

/** What kind of plot the layers make up, and its data in pixels. */
export function plotOf({
  pixels,
  layers,
  frame,
  inner,
  x,
  y,
  ground,
  legend,
  em,
  grid,
  noise,
  dark,
}: PlotParts): Plot | Unreadable {
  const main = withoutTraces(layers, grid?.colour, TRACE);
  // A thin line beside bars covers little.
  const every = withoutTraces(layers, grid?.colour, TRACE / 5);
  // Grid lines lie over bars; JPEG blurs them by some pixels.
  const gap = grid ? Math.ceil(grid.thickness) + 2 + (noise > 2 ? 2 : 0) : 2;
  const dots = main.map((layer) => dotsOf(layer, pixels, em, gap));
  const scattered = dots.every((one) => one !== undefined && one.explained > EXPLAINED && !isChain(one));
  const mixed = mixedIn(every, pixels, frame, em, gap);
  if (mixed) return { kind: 'unreadable', reason: mixed };
  const bars = barsOf(pixels, thickOf(main, em), frame, { x, y }, ground, legend, { gap, noise });
  if (bars && !scattered) {
    if (filledShare(bars, frame) > FULL)
      return { kind: 'unreadable', reason: 'colours fill the whole plotting area: a heat map' };
    const all = bars.series.flatMap((one) => one.bars);
    if (strokesThrough(all, bars.orientation === 'vertical', dark, pixels, frame, em))
      return { kind: 'unreadable', reason: 'error bars' };
    return bars;
  }
  if (scattered) {
    const series = main.flatMap((layer, i): PointSeries[] => {
      const one = dots[i];
      if (!one) return [];
      const marker = { shape: one.shape, size: one.size };
      return [
        {
          name: nameOf(layer.colour, legend),
          colour: layer.colour,
          points: one.points,
          marker,
          line: undefined,
        },
      ];
    });
    return { kind: 'scatter', series: inLegendOrder(series, legend) };
  }
  const places = x.ticks.map(({ at }) => at);
  const series: PointSeries[] = [];
  for (const layer of main) {
    const line = lineOf(layer, pixels, frame, places);
    if (!line) return { kind: 'unreadable', reason: 'the data is neither bars, lines nor dots of one kind' };
    const marked = markedLine(line, layer, {
      pixels,
      hidden: hiddenBy(layers, layer),
      frame,
      inner,
      axis: x,
      em,
    });
    if (barred(layer, marked, pixels, em)) return { kind: 'unreadable', reason: 'error bars' };
    const { error: _, ...rest } = marked;
    series.push({ name: nameOf(layer.colour, legend), ...rest });
  }
  return { kind: 'lines', series: inLegendOrder(series, legend) };
}

/** Where other colours than a layer's lie. */
function hiddenBy(layers: readonly Layer[], own: Layer): Uint8Array {
  const hidden = new Uint8Array(own.cover.length);
  for (const { cover } of layers.filter((layer) => layer !== own))
    for (let i = 0; i < hidden.length; i++) if ((cover[i] ?? 0) >= HIDING) hidden[i] = 1;
  return hidden;
}

function filledShare(plot: Plot, frame: Frame): number {
  if (plot.kind !== 'bars') return 0;
  const filled = plot.series
    .flatMap(({ bars }) => bars)
    .reduce((sum, bar) => sum + (bar.right - bar.left) * (bar.bottom - bar.top), 0);
  return filled / ((frame.right - frame.left) * (frame.bottom - frame.top));
}

/** Leaves out thin colours that are mixtures: where lines cross, where grid or edges meet a shape. */
function withoutTraces(layers: readonly Layer[], grid: Rgb | undefined, least: number): readonly Layer[] {
  const most = Math.max(...layers.map(({ area }) => area));
  return layers.filter((layer) => {
    if (layer.area <= least * most) return false;
    if (layer.depth > 2 || layer.area > 0.5 * most) return true;
    const partners: Rgb[] = [
      [0, 0, 0],
      ...(grid ? [grid] : []),
      ...layers.filter((one) => one.area > layer.area).map(({ colour }) => colour),
    ];
    return !layers.some(
      (one) =>
        one.area > 2 * layer.area &&
        partners.some((partner) => {
          if (partner === one.colour) return false;
          const { share, residual } = mixture(layer.colour, one.colour, partner);
          return residual < 26 && share > 0.08 && share < 0.95;
        }),
    );
  });
}

/** Layers that fill areas; the thin ones beside them are edges and grid. */
function thickOf(layers: readonly Layer[], em: number): readonly Layer[] {
  const thick = layers.filter(({ depth }) => depth >= Math.max(3, 0.25 * em));
  const area = (list: readonly Layer[]) => list.reduce((sum, one) => sum + one.area, 0);
  return area(thick) > 0.7 * area(layers) ? thick : layers;
}

function inLegendOrder(series: PointSeries[], legend: Legend | undefined): PointSeries[] {
  const rank = ({ name }: PointSeries) => legend?.entries.findIndex(({ text }) => text.text === name) ?? -1;
  return [...series].sort((a, b) => rank(a) - rank(b));
}
