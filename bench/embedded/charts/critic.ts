import type { Renderer } from '../../../core/render.ts';
import { chart as task } from '../../../core/tasks/chart.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import type { PartOptions } from '../half.ts';
import { seededApart } from '../random.ts';
import { compared, type Trial, words } from '../trial.ts';
import { cleanOf, damagesOf } from './damage.ts';
import { writePicture } from './picture.ts';
import { sampleOf } from './sample.ts';

const COUNT = 48;

/** Tries the critic on charts: each is damaged in every way that its program allows, and disguised in one. */
export async function criticiseCharts(
  { seed: firstSeed, count = COUNT, say }: PartOptions,
  { ocr, renderer }: { readonly ocr: Ocr; readonly renderer: Renderer },
): Promise<Trial[]> {
  const critic = embeddedCritic({ ocr });
  const trials: Trial[] = [];
  for (let i = 0; i < count; i++) {
    const seed = firstSeed + i;
    const sample = sampleOf(seed);
    const reference = await writePicture(sample, renderer);
    if (!reference) throw new Error(`${sample.name} does not render`);
    const other = await cleanOf(reference, i);
    const clean = await compared(critic, task, reference, other.picture);
    if (!clean) {
      say(`${sample.name}: the critic cannot read it`);
      continue;
    }
    const alarmed = clean.found.length > 0;
    trials.push({ kind: other.name, clean: true, found: alarmed, right: !alarmed, ms: clean.ms });
    if (alarmed) say(`${sample.name}, clean, ${other.name}: ${words(clean.found)}`);
    for (const damage of damagesOf(sample, seededApart(seed))) {
      const candidate = await writePicture({ code: damage.code, look: { format: 'png' } }, renderer);
      const result = candidate && (await compared(critic, task, reference, candidate));
      if (!result) continue;
      const right = result.found.some(({ category }) => category === damage.category);
      trials.push({ kind: damage.name, clean: false, found: result.found.length > 0, right, ms: result.ms });
      if (!right) say(`${sample.name}, ${damage.name}: ${words(result.found)}`);
    }
  }
  return trials;
}
