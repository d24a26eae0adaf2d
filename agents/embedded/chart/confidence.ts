import type { Area, Chart, TextPiece } from '../../../tools/chart/model.ts';
import { percentsOf } from '../../../tools/chart/pie.ts';
import { unlikeLook } from '../../../tools/critic/embedded/chart/stroke-findings.ts';
import type { Judged } from './judge.ts';

/** Levels of excess from which a pixel counts as unexplained. */
const UNEXPLAINED = 40;
/** The most that a partial reading is trusted. */
const PARTIAL = 0.4;
/** What markers or strokes that come out otherwise leave of the trust. */
const STYLED = 0.7;
/** Where letters come out otherwise too, a reader that is less sure than this has guessed. */
const GUESSED = 0.65;
/** Share of unlike pixels below which the layout fits, so that letters lie over those that they are compared with. */
export const LAID_OVER = 0.02;
/** Share of a text's box that a misread letter leaves unexplained. */
export const MISREAD = 0.012;

/**
 * How far a reading can be trusted, 0 to 1, by three independent signs: what of the plotting area the render
 * leaves unexplained, how well the ticks lie on the scale, and how sure the letters were. Below 0.5 the reading
 * is to be taken as partial.
 */
export function confidenceOf({ chart, excess, residual, looks }: Judged): number {
  const plotted = unexplainedShare(chart, excess);
  // JPEG leaves some pixels of every edge unexplained.
  const fit = Math.max(0, 1 - (chart.noise > 2 ? 25 : 60) * plotted) * Math.max(0, 1 - 3 * residual);
  const scale = Math.max(
    0,
    1 - Math.max(0, (chart.x?.residual ?? 0) - 0.35) - Math.max(0, (chart.y?.residual ?? 0) - 0.35),
  );
  const weakest = Math.min(1, ...textsOf(chart).map(({ confidence }) => confidence));
  const letters = Math.min(1, 0.45 + 0.7 * weakest);
  // A word that was misread stands out where the words around it are drawn as they were.
  const texts = textsOf(chart).map(({ area }) => unexplainedIn(area, chart.width, excess));
  const unlike = Math.max(0, ...texts) > MISREAD;
  const doubt = unlike && residual < LAID_OVER ? 0.6 : 1;
  const apart = looks.map((look) => look && unlikeLook(look, chart.noise > 0 ? 'blurred' : 'clean'));
  const styled = apart.some((look) => look?.marker || look?.width) ? STYLED : 1;
  const moved = apart.some((look) => look?.aside) ? PARTIAL : 1;
  // Text that the program leaves out makes the reading a partial one, as do data that a legend hides, and a word
  // that neither the reader nor the pixels are sure of.
  const guessed = unlike && weakest < GUESSED;
  const partial =
    chart.notes.length > 0 || lacksNames(chart) || lacksPercents(chart) || guessed || chart.legend?.veils;
  const whole = partial ? PARTIAL : 1;
  return Number(Math.max(0, Math.min(whole, moved, fit * scale * letters * doubt * styled)).toFixed(3));
}

/** A legend that names some of the series has lost others. */
function lacksNames({ legend, plot }: Chart): boolean {
  return legend !== undefined && plot.kind !== 'pie' && plot.series.some(({ name }) => name === '');
}

/** Something is written on wedges that the program does not write. */
function lacksPercents({ plot }: Chart): boolean {
  return plot.kind === 'pie' && plot.wedges.some(({ percent }) => percent) && !percentsOf(plot.wedges);
}

export function textsOf({ title, x, y, legend, plot }: Chart): TextPiece[] {
  // Numbers on an axis check each other by their scale; words do not.
  const words = [x, y].flatMap((axis) =>
    axis?.kind === 'category' ? axis.ticks.flatMap(({ label }) => label ?? []) : [],
  );
  const labels = plot.kind === 'pie' ? plot.wedges.flatMap(({ label }) => label ?? []) : [];
  return [
    ...title,
    ...words,
    ...labels,
    ...[x?.label, y?.label].flatMap((label) => label ?? []),
    ...(legend?.entries.map(({ text }) => text) ?? []),
  ];
}

/** Differing pixels between the axes (on a pie: in its square), as a share of that area. */
export function unexplainedShare({ frame, plot, width, height }: Chart, excess: Uint8Array): number {
  const area =
    plot.kind === 'pie'
      ? {
          left: plot.centre.x - plot.radius,
          right: plot.centre.x + plot.radius,
          top: plot.centre.y - plot.radius,
          bottom: plot.centre.y + plot.radius,
        }
      : (frame ?? { left: 0, top: 0, right: width, bottom: height });
  return unexplainedIn(area, width, excess);
}

/** Differing pixels of an area, as a share of it. */
export function unexplainedIn(area: Area, width: number, excess: Uint8Array): number {
  let [count, total] = [0, 0];
  for (let y = Math.ceil(area.top); y < Math.floor(area.bottom); y++) {
    for (let x = Math.ceil(area.left); x < Math.floor(area.right); x++) {
      total++;
      if ((excess[y * width + x] ?? 0) > UNEXPLAINED) count++;
    }
  }
  return count / Math.max(1, total);
}
