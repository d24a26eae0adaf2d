import type { Picture } from '../../core/picture.ts';
import { calmShare } from '../image/calm.ts';
import type { Component } from '../image/components.ts';
import { groundOf } from '../image/ground.ts';
import { noiseLevel } from '../image/noise.ts';
import { fitWithin, type Pixels, pixelsOf } from '../image/pixels.ts';
import type { Ocr } from '../ocr/ocr.ts';
import { axisOf, belowAxis, besideAxis } from './axes.ts';
import { frameOf } from './frame.ts';
import { gridOf } from './grid.ts';
import { darkInk, textLinesIn } from './inside.ts';
import { keyLines, legendOf } from './legend.ts';
import type { Area, Chart, ChartReading, Frame, TextPiece, Unreadable } from './model.ts';
import { type TextReader, textReader } from './ocr.ts';
import { layersOf } from './palette.ts';
import { labelled, pieOf } from './pie.ts';
import { plotOf } from './plot.ts';
import { around, bandsOf, glyphsIn } from './text-lines.ts';
import { type Side, type TickMark, tickMarks } from './ticks.ts';

/** Larger pictures are read at this many pixels. */
const MAX_PIXELS = 2_500_000;
const CALM = 0.6;

/**
 * Reads a picture of one plain chart: bars, lines, dots or a pie on linear axes, on a light ground. Gives a
 * reason for what it cannot read; what it does read says by its residuals how well.
 * @param maxPixels a larger picture is scaled down first
 */
export async function readChart(
  picture: Picture,
  ocr: Ocr,
  signal?: AbortSignal,
  maxPixels = MAX_PIXELS,
): Promise<ChartReading> {
  const pixels = await pixelsOf(picture, fitWithin(picture, Math.min(MAX_PIXELS, maxPixels)));
  signal?.throwIfAborted();
  const groundColour = groundOf(pixels);
  const luma = lumaOf(pixels);
  const ground = Math.round(0.3 * groundColour[0] + 0.59 * groundColour[1] + 0.11 * groundColour[2]);
  if (ground < 215) return unreadable('the ground is dark or coloured');
  if (calmShare(pixels) < CALM) return unreadable('a photo, noise or a drawing of much detail');
  const noise = noiseLevel(pixels);
  const reader = textReader(pixels, luma, ground, ocr, signal);
  const lines = frameOf(pixels, luma, ground);
  const scene = { pixels, luma, ground, groundColour, noise, reader };
  if (lines && 'kind' in lines) return lines;
  return lines ? readFramed(scene, lines) : readPie(scene);
}

interface Scene {
  readonly pixels: Pixels;
  readonly luma: Uint8Array;
  readonly ground: number;
  readonly groundColour: Chart['ground'];
  readonly noise: number;
  readonly reader: TextReader;
}

async function readFramed(scene: Scene, lines: Frame): Promise<ChartReading> {
  const { pixels, luma, ground, groundColour, noise, reader } = scene;
  const shift = snapShift(lines);
  const place = (side: Side) =>
    tickMarks(luma, pixels, ground, lines, side).map((mark) => ({ ...mark, at: mark.at - shift }));
  const drawnMarks = { x: place('bottom'), y: place('left') };
  const frame = {
    ...lines,
    left: lines.left - shift,
    right: lines.right - shift,
    top: lines.top - shift,
    bottom: lines.bottom - shift,
  };
  const minor = (['x', 'y'] as const).find((name) => hasMinor(drawnMarks[name]));
  if (minor) return unreadable(`the ${minor} axis has minor ticks, as log scales have`);
  const ink = luma.map((value) => (ground - value > 60 ? 1 : 0));
  const outside = outsideGlyphs(ink, pixels, frame, drawnMarks);
  // Marks alone may be markers that lie on the border line: an axis has labels too.
  const rightMarks = frame.spines.right ? tickMarks(luma, pixels, ground, lines, 'right') : [];
  if (rightMarks.length > 1 && outside.right.length > 1)
    return unreadable('there is a second axis on the right');
  const em = emOf(outside.below, pixels.height) ?? emOf(outside.left, pixels.height);
  if (em === undefined) return unreadable('no tick labels were found');
  const marks = {
    x: drawnMarks.x.length > 0 ? drawnMarks.x : marksUnder(outside.below, em),
    y: drawnMarks.y.length > 0 ? drawnMarks.y : marksBeside(outside.left, em),
  };
  const inner = {
    left: frame.left + 2,
    top: frame.top + 2,
    right: frame.right - 2,
    bottom: frame.bottom - 2,
  };
  const dark = darkInk(pixels, ground);
  const sides: readonly Area[] = [
    { left: 0, top: 0, right: pixels.width, bottom: frame.top - 3 },
    { left: 0, top: frame.bottom + 3, right: pixels.width, bottom: pixels.height },
    { left: frame.right + 3, top: frame.top, right: pixels.width, bottom: frame.bottom },
  ];
  const margins = sides.flatMap((area) => textLinesIn(dark, pixels, area, em));
  const within = textLinesIn(dark, pixels, inner, em);
  const keys = keyLines(pixels, [...within, ...margins], groundColour, em);
  const legend = await legendOf(keys, pixels, groundColour, em, reader);
  const isKey = (area: Area) => legend !== undefined && overlaps(area, legend.area);
  const below = belowAxis(
    outside.below.filter((glyph) => !isKey(glyph)),
    marks.x,
    frame,
    em,
  );
  const beside = besideAxis(outside.left, marks.y, frame, em);
  const above = bandsOf(
    outside.above.filter((glyph) => !isKey(glyph)),
    0.12 * em,
  );
  const [xLabel, yLabel, title, notes] = await Promise.all([
    pieceOf(below.rest.at(0), reader),
    pieceOf(beside.rest[0], reader, 90),
    piecesOf(above, frame, reader),
    Promise.all(within.filter((area) => !isKey(area)).map((area) => reader.read(area))),
  ]);
  const [x, y] = await Promise.all([
    axisOf({ name: 'x', marks: marks.x, labels: below.ticks, label: xLabel, em, reader, multiple: 1 }),
    axisOf({
      name: 'y',
      marks: marks.y,
      labels: beside.ticks,
      label: yLabel,
      em,
      reader,
      multiple: title.multiple,
    }),
  ]);
  if (isUnreadable(x)) return x;
  if (isUnreadable(y)) return y;
  if ((x.kind === 'number' && x.scale < 0) || (y.kind === 'number' && y.scale > 0)) {
    return unreadable('an axis runs the other way round');
  }
  if (below.rest.length > 1)
    return unreadable('there is text below the axis that is neither label nor legend');
  const skip = new Uint8Array(ink.length);
  for (const area of legend ? [legend.area, ...within] : within) fill(skip, pixels, area, 2);
  const layers = layersOf(pixels, inner, groundColour, skip, noise);
  if (layers.length === 0) return unreadable('no coloured data was found between the axes');
  if (layers.length > 10)
    return unreadable('more colours than a plain chart has: a heat map, a colour scale or transparency');
  const grid = gridOf(pixels, frame, groundColour, marks.x, marks.y);
  const plot = plotOf({ pixels, layers, frame, x, y, ground: groundColour, legend, em, grid, noise });
  if (plot.kind === 'unreadable') return plot;
  return {
    kind: 'chart',
    chart: {
      width: pixels.width,
      height: pixels.height,
      ground: groundColour,
      em,
      noise,
      title: title.lines,
      notes,
      frame,
      x,
      y,
      grid,
      legend,
      plot,
    },
  };
}

async function readPie({ pixels, luma, ground, groundColour, noise, reader }: Scene): Promise<ChartReading> {
  const whole = { left: 0, top: 0, right: pixels.width, bottom: pixels.height };
  const dark = darkInk(pixels, ground);
  const layers = layersOf(pixels, whole, groundColour, new Uint8Array(luma.length), noise);
  const pie = pieOf(pixels, layers, groundColour);
  if (pie.kind === 'unreadable') return pie;
  const rough = emOf(glyphsIn(dark, pixels, whole), pixels.height) ?? 14;
  const lines = textLinesIn(dark, pixels, whole, rough * 1.35);
  const keys = keyLines(
    pixels,
    lines.filter(
      (area) =>
        Math.hypot((area.left + area.right) / 2 - pie.centre.x, (area.top + area.bottom) / 2 - pie.centre.y) >
        pie.radius * 1.02,
    ),
    groundColour,
    rough,
  );
  const legend = await legendOf(keys, pixels, groundColour, rough, reader);
  const free = lines.filter((area) => !legend || !overlaps(area, legend.area));
  const pieces = await Promise.all(free.map((area) => reader.read(area)));
  const titles = pieces.filter(
    ({ area }) =>
      area.bottom < pie.centre.y - 1.02 * pie.radius &&
      Math.abs((area.left + area.right) / 2 - pie.centre.x) < 0.05 * pixels.width,
  );
  titles.sort((a, b) => b.area.bottom - b.area.top - (a.area.bottom - a.area.top));
  const title = titles.slice(0, 1);
  const { pie: plot, left } = labelled(
    pie,
    pieces.filter((piece) => !title.includes(piece)),
  );
  return {
    kind: 'chart',
    chart: {
      width: pixels.width,
      height: pixels.height,
      ground: groundColour,
      em: rough,
      noise,
      title,
      notes: left,
      frame: undefined,
      x: undefined,
      y: undefined,
      grid: undefined,
      legend,
      plot,
    },
  };
}

/**
 * Renderers draw lines of an odd number of pixels along the middles of pixels, half a pixel right of and below
 * the place meant; areas end on whole pixels (Agg's path snapping).
 */
function snapShift({ thickness }: Frame): number {
  return Math.round(thickness) % 2 === 1 ? 0.5 : 0;
}

function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

function isUnreadable(value: object): value is Unreadable {
  return 'reason' in value;
}

export function lumaOf({ data, width, height }: Pixels): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = ((data[i * 3] ?? 0) * 77 + (data[i * 3 + 1] ?? 0) * 150 + (data[i * 3 + 2] ?? 0) * 29) >> 8;
  }
  return luma;
}

/** Two lengths of marks on one axis. */
function hasMinor(marks: readonly TickMark[]): boolean {
  const lengths = marks.map(({ length }) => length);
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  return marks.length > 3 && longest - shortest >= 2 && shortest <= 0.75 * longest;
}

type Glyphs = readonly Component[];

/** Pieces of ink around the frame, tick marks left out. */
function outsideGlyphs(
  ink: Uint8Array,
  pixels: Pixels,
  frame: Frame,
  marks: { x: readonly TickMark[]; y: readonly TickMark[] },
): { below: Glyphs; left: Glyphs; above: Glyphs; right: Glyphs } {
  const half = frame.thickness / 2 + 1.5;
  const depth = (list: readonly TickMark[]) => Math.max(0, ...list.map(({ length }) => length));
  const bottom = Math.ceil(frame.bottom + half + depth(marks.x));
  const left = Math.floor(frame.left - half - depth(marks.y));
  const noSpecks = (glyphs: Glyphs) => glyphs.filter(({ area }) => area >= 2);
  return {
    // The lower half of the lowest label beside the axis reaches below it.
    below: noSpecks(
      glyphsIn(ink, pixels, { left: 0, top: bottom, right: pixels.width, bottom: pixels.height }),
    ).filter((glyph) => glyph.top > bottom || glyph.right > left),
    left: noSpecks(glyphsIn(ink, pixels, { left: 0, top: 0, right: left, bottom })),
    above: noSpecks(glyphsIn(ink, pixels, { left, top: 0, right: pixels.width, bottom: frame.top - half })),
    right: noSpecks(
      glyphsIn(ink, pixels, { left: frame.right + half, top: frame.top - half, right: pixels.width, bottom }),
    ),
  };
}

/** Where axes have labels but no marks, the labels' middles stand for them. */
function marksUnder(glyphs: Glyphs, em: number): TickMark[] {
  const [first = []] = bandsOf(glyphs, 0.12 * em);
  return bandsOf(first, 0.75 * em, 'columns').flatMap((label) => {
    const area = around(label);
    return area ? [{ at: (area.left + area.right) / 2, length: 0 }] : [];
  });
}

function marksBeside(glyphs: Glyphs, em: number): TickMark[] {
  const labels = bandsOf(glyphs, Math.max(2, 0.2 * em), 'columns').at(-1) ?? [];
  return bandsOf(
    labels.filter((one) => one.bottom - one.top > 0.4 * em),
    0.1 * em,
  ).flatMap((label) => {
    const area = around(label);
    return area ? [{ at: (area.top + area.bottom) / 2, length: 0 }] : [];
  });
}

/** An em of the text by its letters' heights: digits and capitals are 0.73 em high. */
function emOf(glyphs: Glyphs, height: number): number | undefined {
  const heights = glyphs
    .filter(
      (one) =>
        one.bottom - one.top >= 5 &&
        one.bottom - one.top < 0.09 * height &&
        one.right - one.left < 0.09 * height,
    )
    .map((one) => one.bottom - one.top)
    .sort((a, b) => a - b);
  const tall = heights[Math.floor(heights.length * 0.7)];
  return tall === undefined ? undefined : tall / 0.74;
}

async function pieceOf(
  glyphs: Glyphs | undefined,
  reader: TextReader,
  rotation: 0 | 90 = 0,
): Promise<TextPiece | undefined> {
  const area = glyphs && around(glyphs);
  return area && reader.read(area, rotation);
}

/** The lines above the frame: title, and the multiple of the y axis at its upper end. */
async function piecesOf(
  bands: readonly Glyphs[],
  frame: Frame,
  reader: TextReader,
): Promise<{ lines: TextPiece[]; multiple: number }> {
  const lines: TextPiece[] = [];
  let multiple = 1;
  for (const band of bands) {
    const area = around(band);
    if (!area) continue;
    const piece = await reader.read(area);
    const power = /^1e(\d+)$/.exec(piece.text);
    if (power && Math.abs(area.left - frame.left) < 6) multiple = 10 ** Number(power[1]);
    else lines.push(piece);
  }
  return { lines, multiple };
}

function overlaps(a: Area, b: Area): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

function fill(mask: Uint8Array, { width, height }: Pixels, area: Area, margin: number): void {
  for (let y = Math.max(0, Math.floor(area.top) - margin); y < Math.min(height, area.bottom + margin); y++) {
    for (let x = Math.max(0, Math.floor(area.left) - margin); x < Math.min(width, area.right + margin); x++)
      mask[y * width + x] = 1;
  }
}
