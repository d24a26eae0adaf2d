import { darkInk, textLinesIn } from './inside.ts';
import { keyLines, legendOf } from './legend.ts';
import type { ChartReading } from './model.ts';
import { emOf } from './outside.ts';
import { layersOf } from './palette.ts';
import { labelled, pieOf } from './pie.ts';
import { overlaps, type Scene } from './scene.ts';
import { glyphsIn } from './text-lines.ts';

/** Reads a picture without axes as a pie. */
export async function readPie({
  pixels,
  luma,
  ground,
  groundColour,
  noise,
  reader,
}: Scene): Promise<ChartReading> {
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
  const legend = await legendOf(keys, pixels, groundColour, { em: rough, noise }, reader);
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
