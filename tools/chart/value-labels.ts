import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { lengthOf } from './data.ts';
import type { Area, Axis, Bar, Frame, Plot, TextPiece, ValueLabels } from './model.ts';
import { type LabelNumber, numberOf } from './numbers.ts';
import type { TextReader } from './ocr.ts';
import { distance } from './palette.ts';
import { median } from './polyline.ts';
import { around, bandsOf, glyphsIn } from './text-lines.ts';

type Bars = Extract<Plot, { kind: 'bars' }>;
type Place = ValueLabels['place'];

interface Said {
  readonly bar: Bar;
  readonly piece: TextPiece;
  readonly number: LabelNumber | undefined;
}

/** Labels belong to the bars when at least this share of the bars has one that says its length. */
const ENOUGH = 0.6;
/** A label may be off its bar's measured length by this many pixels. */
const OFF = 1.6;
/** A bar's end is known within this many pixels: labels that say no more are left to the pixels. */
const EXACT = 0.62;

export interface LabelParts {
  readonly pixels: Pixels;
  /** Dark ink, text and all. */
  readonly dark: Uint8Array;
  readonly frame: Frame;
  readonly across: Axis;
  readonly em: number;
  readonly reader: TextReader;
}

/**
 * The numbers that are written at the ends or in the middles of bars. Where they agree with the lengths they are
 * taken for the values, since they say more than pixels can.
 */
export async function withValueLabels(plot: Bars, parts: LabelParts): Promise<Bars> {
  const bars = plot.series.flatMap((one) => one.bars);
  for (const place of ['edge', 'center'] as const) {
    const said = (await Promise.all(bars.map((bar) => saidOf(bar, bars, place, plot, parts)))).flat();
    const right = said.flatMap(({ bar, piece, number }) =>
      number && agrees(bar, number, plot, parts) ? [{ bar, piece, number }] : [],
    );
    if (right.length < Math.max(2, ENOUGH * bars.length)) continue;
    const areas = said.map(({ piece }) => piece.area);
    const labels = { ...looksOf(right, place, plot, parts), areas };
    const step = 10 ** -labels.decimals;
    const exact = step / 2 <= EXACT * Math.abs(parts.across.scale);
    const values = new Map(right.map(({ bar, number }) => [bar, number.value]));
    const valued = (bar: Bar): Bar => {
      const value = values.get(bar);
      return exact && value !== undefined ? { ...bar, value } : bar;
    };
    return {
      ...plot,
      labels,
      series: plot.series.map((one) => ({ ...one, bars: one.bars.map(valued) })),
    };
  }
  return plot;
}

function agrees(
  bar: Bar,
  number: LabelNumber,
  { orientation }: Bars,
  { frame, across }: LabelParts,
): boolean {
  const vertical = orientation === 'vertical';
  const measured = lengthOf(bar, vertical, across, vertical ? frame.bottom : frame.left);
  const slack = OFF * Math.abs(across.scale) + 0.5 * 10 ** -number.decimals;
  return !/[kKMB]/.test(number.suffix) && Math.abs(number.value - measured) <= slack;
}

async function saidOf(
  bar: Bar,
  bars: readonly Bar[],
  place: Place,
  plot: Bars,
  parts: LabelParts,
): Promise<Said[]> {
  const area = place === 'edge' ? beyond(bar, bars, plot, parts) : inside(bar, plot, parts);
  if (!area) return [];
  const piece = await parts.reader.read(area);
  return [{ bar, piece, number: numberOf(piece.text) }];
}

/** Dark text beyond a bar's end, centred on the bar. */
function beyond(
  bar: Bar,
  bars: readonly Bar[],
  { orientation }: Bars,
  { pixels, dark, em, across, frame }: LabelParts,
): Area | undefined {
  const [x, y] = [(bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2];
  if (orientation === 'horizontal') {
    const glyphs = glyphsIn(dark, pixels, {
      left: bar.right + 1,
      right: Math.min(pixels.width, bar.right + 7 * em),
      top: y - 0.75 * em,
      bottom: y + 0.75 * em,
    }).filter((one) => one.bottom - one.top < 1.2 * em && one.area > 1);
    return around(bandsOf(glyphs, 0.6 * em, 'columns')[0] ?? []);
  }
  const gaps = bars.map((one) => Math.abs((one.left + one.right) / 2 - x)).filter((gap) => gap > 2);
  const span = Math.min(3.5 * em, Math.max(1.2 * em, 0.5 * Math.min(...gaps, 7 * em)));
  const zero = -across.offset / across.scale;
  const hangs = Math.abs(bar.top - zero) < 3 && bar.bottom > zero + 3;
  const zone = hangs
    ? { top: bar.bottom + 1, bottom: Math.min(frame.bottom - 2, bar.bottom + 2.2 * em) }
    : { top: bar.top - 2.2 * em, bottom: bar.top - 1 };
  const glyphs = glyphsIn(dark, pixels, { left: x - span, right: x + span, ...zone }).filter(
    (one) => one.bottom - one.top < 1.2 * em && one.right - one.left < 1.2 * em && one.area > 1,
  );
  const bands = bandsOf(glyphs, 0.1 * em);
  const box = around((hangs ? bands[0] : bands.at(-1)) ?? []);
  return box && Math.abs((box.left + box.right) / 2 - x) < 0.5 * em ? box : undefined;
}

/** Text on a bar, in its middle, dark or light. */
function inside(bar: Bar, _: Bars, { pixels, em }: LabelParts): Area | undefined {
  const [left, top] = [Math.round(bar.left) + 3, Math.round(bar.top) + 2];
  const size = { width: Math.round(bar.right) - 3 - left, height: Math.round(bar.bottom) - 2 - top };
  if (size.width < 0.5 * em || size.height < 0.6 * em) return undefined;
  const mask = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const i = ((top + y) * pixels.width + left + x) * 3;
      const colour: Rgb = [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
      if (distance(colour, bar.colour) > 70) mask[y * size.width + x] = 1;
    }
  }
  const whole = { left: 0, top: 0, right: size.width, bottom: size.height };
  const glyphs = glyphsIn(mask, size, whole).filter(
    (one) => one.bottom - one.top < 1.2 * em && one.right - one.left < 1.2 * em && one.area > 1,
  );
  const box = around(glyphs);
  const centred =
    box &&
    Math.abs((box.left + box.right) / 2 - size.width / 2) < 0.5 * em &&
    Math.abs((box.top + box.bottom) / 2 - size.height / 2) < 0.5 * em;
  if (!centred) return undefined;
  return {
    left: box.left + left,
    right: box.right + left,
    top: box.top + top,
    bottom: box.bottom + top,
  };
}

type Agreed = Said & { readonly number: LabelNumber };

function looksOf(
  said: readonly Agreed[],
  place: Place,
  { orientation }: Bars,
  { pixels }: LabelParts,
): Omit<ValueLabels, 'areas'> {
  const [first] = said;
  const most = <T>(values: readonly T[]): T | undefined =>
    [...new Set(values)].sort(
      (a, b) => values.filter((one) => one === b).length - values.filter((one) => one === a).length,
    )[0];
  const gaps = said.map(({ bar, piece }) =>
    orientation === 'horizontal'
      ? piece.area.left - bar.right
      : piece.area.top > bar.top
        ? piece.area.top - bar.bottom
        : bar.top - piece.area.bottom,
  );
  return {
    place,
    pieces: said.map(({ piece }) => piece),
    decimals: most(said.map(({ number }) => number.decimals)) ?? 0,
    prefix: most(said.map(({ number }) => number.prefix)) ?? '',
    suffix: most(said.map(({ number }) => number.suffix)) ?? '',
    thousands: said.some(({ piece }) => /\d,\d{3}/.test(piece.text)),
    gap: median(gaps),
    light: first !== undefined && place === 'center' && isLight(first, pixels),
  };
}

/** The text is lighter than the bar that it stands on. */
function isLight({ piece: { area }, bar }: Said, pixels: Pixels): boolean {
  let [lighter, darker] = [0, 0];
  const sum = ([r, g, b]: Rgb) => r + g + b;
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) {
      const i = (y * pixels.width + x) * 3;
      const level = (pixels.data[i] ?? 0) + (pixels.data[i + 1] ?? 0) + (pixels.data[i + 2] ?? 0);
      if (level > sum(bar.colour) + 90) lighter++;
      else if (level < sum(bar.colour) - 90) darker++;
    }
  }
  return lighter > darker;
}
