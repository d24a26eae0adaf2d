import { embeddedGenerator } from '../../agents/embedded/generator.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer } from '../../core/render.ts';
import type { Task } from '../../core/task.ts';
import { chart } from '../../core/tasks/chart.ts';
import { svg } from '../../core/tasks/svg.ts';
import { table } from '../../core/tasks/table.ts';
import type { Ocr } from '../../tools/ocr/ocr.ts';
import { outsideOf } from './charts/outside.ts';
import { writePicture } from './charts/picture.ts';
import type { PartOptions } from './half.ts';
import { photoOf } from './photo.ts';
import { type Row, TRUSTED, unread } from './row.ts';
import { pageOf } from './tables/prose.ts';

const COUNT = 60;
/** Of five pictures three are given as charts, one as a table, and one, a photo, as an icon. */
const TURN = 5;

/** Gives pictures that the embedded reader cannot read, and sees whether it says so. Nothing is `right` here. */
export async function readOutside(
  { seed, count = COUNT, say }: PartOptions,
  parts: { readonly ocr: Ocr; readonly renderers: Readonly<Record<'html' | 'matplotlib' | 'svg', Renderer>> },
): Promise<Row[]> {
  const { ocr, renderers } = parts;
  const generator = embeddedGenerator({ renderers: Object.values(renderers), ocr });
  const rows: Row[] = [];
  for (let i = 0; i < count; i++) {
    const { name, task, image } = await pictureOf(seed, i, renderers);
    const started = performance.now();
    try {
      const [language] = task.languages;
      const { confidence = 0 } = await generator.generate({ task, language, image });
      const all = performance.now() - started;
      rows.push({ ...unread(task.name, all), read: confidence >= TRUSTED });
      if (confidence >= TRUSTED) say(`${name} was read as ${task.name} with confidence ${confidence}`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      rows.push(unread(task.name, performance.now() - started));
    }
  }
  return rows;
}

async function pictureOf(
  seed: number,
  index: number,
  { html, matplotlib }: Readonly<Record<'html' | 'matplotlib', Renderer>>,
): Promise<{ readonly name: string; readonly task: Task; readonly image: Picture }> {
  const [turn, place] = [Math.floor(index / TURN), index % TURN];
  if (place === 4) return { name: `photo-${turn}`, task: svg, image: await photoOf(seed + turn) };
  if (place === 3) return pageOrChart(seed, turn, html, matplotlib);
  const outside = outsideOf(seed + 3 * turn + place);
  const image = await writePicture(outside, matplotlib);
  if (!image) throw new Error(`${outside.name} does not render`);
  return { name: outside.name, task: chart, image };
}

/** What is given as a table without being one: running text, a chart, a photo. */
async function pageOrChart(seed: number, turn: number, html: Renderer, matplotlib: Renderer) {
  if (turn % 3 === 2) return { name: `photo-${turn}`, task: table, image: await photoOf(seed + 500 + turn) };
  if (turn % 3 === 1) {
    const outside = outsideOf(seed + 700 + turn);
    const image = await writePicture(outside, matplotlib);
    if (!image) throw new Error(`${outside.name} does not render`);
    return { name: outside.name, task: table, image };
  }
  const result = await html.render({ code: pageOf(seed + turn) });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return { name: `page-${turn}`, task: table, image: result.picture };
}
