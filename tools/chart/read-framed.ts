import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { axisOf } from './axes.ts';
import { isEven } from './calibrate.ts';
import { whiskersIn } from './foreign.ts';
import { gridOf } from './grid.ts';
import { withHiddenMarks } from './hidden-marks.ts';
import { darkInk, textLinesIn } from './inside.ts';
import { keyLines, legendOf } from './legend.ts';
import type { Area, ChartReading, Frame, TextPiece } from './model.ts';
import type { TextReader } from './ocr.ts';
import { emOf, type Glyphs, marksBeside, marksUnder, outsideGlyphs } from './outside.ts';
import { distance, layersOf } from './palette.ts';
import { plotOf } from './plot.ts';
import { fill, isUnreadable, overlaps, type Scene, unreadable } from './scene.ts';
import { around, bandsOf } from './text-lines.ts';
import { type Side, type TickMark, tickMarks } from './ticks.ts';
import { withValueLabels } from './value-labels.ts';
import { belowAxis, besideAxis } from './written.ts';

/** Reads a picture whose plotting area has border lines. */
export async function readFramed(scene: Scene, lines: Frame): Promise<ChartReading> {
  const { pixels, luma, ground, groundColour, noise, reader } = scene;
  const shift = snapShift(lines);
  const brightest = brightestOf(pixels);
  const place = (side: Side) => {
    const grey = tickMarks(brightest, pixels, ground, lines, side);
    const marks = grey.length > 0 ? grey : tickMarks(luma, pixels, ground, lines, side);
    return marks.map((mark) => ({ ...mark, at: mark.at - shift }));
  };
  const every = { x: place('bottom'), y: place('left') };
  const crowded = (['x', 'y'] as const).find(
    (name) => hasMinor(every[name]) && !isEven(placesOf(every[name]), 1.5),
  );
  if (crowded) return unreadable(`the ${crowded} axis has minor ticks at unequal distances: a log scale`);
  const drawnMarks = { x: majorOf(every.x), y: majorOf(every.y) };
  const frame = {
    ...lines,
    left: lines.left - shift,
    right: lines.right - shift,
    top: lines.top - shift,
    bottom: lines.bottom - shift,
  };
  const ink = luma.map((value) => (ground - value > 60 ? 1 : 0));
  const outside = outsideGlyphs(ink, pixels, frame, drawnMarks);
  // Marks alone may be markers that lie on the border line: an axis has labels too.
  const rightMarks = frame.spines.right ? tickMarks(luma, pixels, ground, lines, 'right') : [];
  const rightEnd = frame.right + Math.max(0, ...rightMarks.map(({ length }) => length)) + 2;
  if (rightMarks.length > 1 && outside.right.filter(({ left }) => left > rightEnd).length > 1)
    return unreadable('there is a second axis on the right');
  const em = emOf(outside.below, pixels.height) ?? emOf(outside.left, pixels.height);
  if (em === undefined) return unreadable('the axes have no tick labels that say a scale');
  const marks = {
    x:
      drawnMarks.x.length > 0
        ? withHiddenMarks(drawnMarks.x, marksUnder(outside.below, em))
        : marksUnder(outside.below, em),
    y:
      drawnMarks.y.length > 0
        ? withHiddenMarks(drawnMarks.y, marksBeside(outside.left, em))
        : marksBeside(outside.left, em),
  };
  const inner = {
    left: frame.left + 2,
    top: frame.top + 2,
    right: frame.right - 2,
    bottom: frame.bottom - 2,
  };
  if (bareShare(pixels, inner, groundColour, noise) < BARE)
    return unreadable('colours fill the whole plotting area: a heat map or a picture');
  const dark = darkInk(pixels, ground);
  const sides: readonly Area[] = [
    { left: 0, top: 0, right: pixels.width, bottom: frame.top - 3 },
    { left: 0, top: frame.bottom + 3, right: pixels.width, bottom: pixels.height },
    { left: frame.right + 3, top: frame.top, right: pixels.width, bottom: frame.bottom },
  ];
  const margins = sides.flatMap((area) => textLinesIn(dark, pixels, area, em));
  const within = textLinesIn(dark, pixels, inner, em);
  const keys = keyLines(pixels, [...within, ...margins], groundColour, em);
  const legend = await legendOf(keys, pixels, groundColour, { em, noise }, reader);
  const further = [outside.below, outside.left, outside.above, outside.right]
    .flat()
    .find(
      (one) =>
        one.right - one.left > FURTHER * em &&
        one.bottom - one.top > FURTHER * em &&
        !(legend && overlaps(one, legend.area)),
    );
  if (further) return unreadable('something is drawn outside the axes: several plots in one picture');
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
    pieceOf(below.rest.at(0), em, reader),
    pieceOf(beside.rest[0], em, reader, 90),
    piecesOf(above, frame, em, reader),
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
  const strokes = dark.map((value, i) => (skip[i] ? 0 : value));
  const whiskers = whiskersIn(strokes, pixels, inner, em);
  if (whiskers) return unreadable(whiskers);
  const grid = gridOf(pixels, frame, groundColour, marks.x, marks.y);
  const drawn = plotOf({
    pixels,
    layers,
    frame,
    inner,
    x,
    y,
    ground: groundColour,
    legend,
    em,
    grid,
    noise,
    dark: strokes,
  });
  if (drawn.kind === 'unreadable') return drawn;
  const level = drawn.kind === 'bars' && drawn.orientation === 'horizontal';
  const across = level ? x : y;
  if (across.kind === 'category')
    return unreadable(
      `the ${level ? 'x' : 'y'} axis's tick labels cannot be read as numbers: perhaps a log scale`,
    );
  const plot =
    drawn.kind === 'bars' && drawn.arrangement !== 'histogram'
      ? await withValueLabels(drawn, { pixels, dark, frame, across, em, reader })
      : drawn;
  const said = plot.kind === 'bars' ? (plot.labels?.areas ?? []) : [];
  return {
    kind: 'chart',
    chart: {
      width: pixels.width,
      height: pixels.height,
      ground: groundColour,
      em,
      noise,
      title: title.lines,
      notes: notes.filter(({ area }) => !said.some((one) => overlaps(area, one))),
      frame,
      x,
      y,
      grid,
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

/** Of the plotting area, a plain chart leaves more than this bare. */
const BARE = 0.04;

function bareShare(pixels: Pixels, area: Area, ground: Rgb, noise: number): number {
  let [bare, all] = [0, 0];
  for (let y = Math.ceil(area.top); y < area.bottom; y++) {
    for (let x = Math.ceil(area.left); x < area.right; x++) {
      const i = (y * pixels.width + x) * 3;
      const colour: Rgb = [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
      all++;
      if (distance(colour, ground) < 6 + 2 * noise) bare++;
    }
  }
  return bare / Math.max(1, all);
}

/** Ink outside the axes that is this many ems high and wide is no text. */
const FURTHER = 5;

function brightestOf({ data, width, height }: Pixels): Uint8Array {
  const brightest = new Uint8Array(width * height);
  for (let i = 0; i < brightest.length; i++)
    brightest[i] = Math.max(data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0);
  return brightest;
}

function placesOf(marks: readonly TickMark[]): number[] {
  return marks.map(({ at }) => at);
}

/** The marks that have labels: the longer ones, where there are two lengths. */
function majorOf(marks: readonly TickMark[]): readonly TickMark[] {
  if (!hasMinor(marks)) return marks;
  const longest = Math.max(...marks.map(({ length }) => length));
  return marks.filter(({ length }) => length > 0.75 * longest);
}

/** Two lengths of marks on one axis. */
function hasMinor(marks: readonly TickMark[]): boolean {
  const lengths = marks.map(({ length }) => length);
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  return marks.length > 3 && longest - shortest >= 2 && shortest <= 0.75 * longest;
}

async function pieceOf(
  glyphs: Glyphs | undefined,
  em: number,
  reader: TextReader,
  rotation: 0 | 90 = 0,
): Promise<TextPiece | undefined> {
  const area = glyphs && around(glyphs);
  if (!area) return undefined;
  const piece = await reader.read(area, rotation);
  // The two forms of these letters differ in nothing but their size.
  if (!/^[cosvwxz]$/i.test(piece.text)) return piece;
  const height = rotation === 90 ? area.right - area.left : area.bottom - area.top;
  const text = height < 0.64 * em ? piece.text.toLowerCase() : piece.text.toUpperCase();
  return { ...piece, text };
}

/** The lines above the frame: title, and the multiple of the y axis at its upper end. */
async function piecesOf(
  bands: readonly Glyphs[],
  frame: Frame,
  em: number,
  reader: TextReader,
): Promise<{ lines: TextPiece[]; multiple: number }> {
  const lines: TextPiece[] = [];
  let multiple = 1;
  for (const band of bands) {
    const [first = [], ...rest] = bandsOf(band, 1.5 * em, 'columns');
    const corner = around(first);
    const power =
      corner && Math.abs(corner.left - frame.left) < 6
        ? /^[1lI|]e(\d+)$/.exec((await reader.read(corner)).text.replace(/ /g, ''))
        : null;
    if (power) multiple = 10 ** Number(power[1]);
    const area = around(power ? rest.flat() : band);
    if (area) lines.push(await reader.read(area));
  }
  return { lines, multiple };
}
