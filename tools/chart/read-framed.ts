import { axisOf } from './axes.ts';
import { gridOf } from './grid.ts';
import { darkInk, textLinesIn } from './inside.ts';
import { keyLines, legendOf } from './legend.ts';
import type { Area, ChartReading, Frame, TextPiece } from './model.ts';
import type { TextReader } from './ocr.ts';
import { emOf, type Glyphs, marksBeside, marksUnder, outsideGlyphs } from './outside.ts';
import { layersOf } from './palette.ts';
import { plotOf } from './plot.ts';
import { fill, isUnreadable, overlaps, type Scene, unreadable } from './scene.ts';
import { around, bandsOf } from './text-lines.ts';
import { type Side, type TickMark, tickMarks } from './ticks.ts';
import { belowAxis, besideAxis } from './written.ts';

/** Reads a picture whose plotting area has border lines. */
export async function readFramed(scene: Scene, lines: Frame): Promise<ChartReading> {
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

/**
 * Renderers draw lines of an odd number of pixels along the middles of pixels, half a pixel right of and below
 * the place meant; areas end on whole pixels (Agg's path snapping).
 */
function snapShift({ thickness }: Frame): number {
  return Math.round(thickness) % 2 === 1 ? 0.5 : 0;
}

/** Two lengths of marks on one axis. */
function hasMinor(marks: readonly TickMark[]): boolean {
  const lengths = marks.map(({ length }) => length);
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  return marks.length > 3 && longest - shortest >= 2 && shortest <= 0.75 * longest;
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
