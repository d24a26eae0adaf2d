import { chartGenerator } from '../../../agents/embedded/chart/generate.ts';
import type { Renderer } from '../../../core/render.ts';
import { chart as task } from '../../../core/tasks/chart.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import type { PartOptions } from '../half.ts';
import { refined } from '../refined.ts';
import { type Row, TRUSTED, unread } from '../row.ts';
import { writePicture } from './picture.ts';
import { sampleOf } from './sample.ts';
import { judged } from './truth.ts';

const COUNT = 128;

/** Reads a set of generated charts. */
export async function readCharts(
  { seed, count = COUNT, say }: PartOptions,
  { ocr, renderer }: { readonly ocr: Ocr; readonly renderer: Renderer },
): Promise<Row[]> {
  const generate = chartGenerator(ocr);
  const critic = embeddedCritic({ ocr });
  const rows: Row[] = [];
  for (let i = 0; i < count; i++) {
    const sample = sampleOf(seed + i);
    const image = await writePicture(sample, renderer);
    if (!image) throw new Error(`${sample.name} does not render`);
    const group = `${sample.look.style}, ${sample.kind}`;
    const result = await refined(image, {
      task,
      language: task.languages[0],
      renderer,
      critic,
      generate: (request) => generate(request, renderer),
    });
    if (result.kind === 'abstained') {
      say(`${sample.name} ${sample.look.format}: ${result.reason}`);
      rows.push(unread(group, result.all));
      continue;
    }
    const { draft, rounds, first, all } = result;
    if (!draft.chart) throw new Error(`${sample.name}: the draft comes without its chart`);
    const { kindRight, values, texts, notes } = judged(sample, draft.chart);
    const row: Row = {
      group,
      read: draft.confidence >= TRUSTED,
      right: kindRight && values.right === values.all && texts.right === texts.all,
      scores: {},
      counts: {
        'values within 1%': [values.right, values.all],
        'texts exact': [texts.right, texts.all],
      },
      rounds,
      first,
      all,
    };
    rows.push(row);
    if (!row.right || !row.read)
      say(`${sample.name} ${sample.look.format}: ${notes.join('; ')}, confidence ${draft.confidence}`);
  }
  return rows;
}
