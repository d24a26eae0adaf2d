import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { table as task } from '../../../core/tasks/table.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import type { PartOptions } from '../half.ts';
import { type Random, seededApart } from '../random.ts';
import { compared, type Trial, words } from '../trial.ts';
import { damaged, damages } from './damage.ts';
import { asJpeg, drawPlain, drawSample, resized } from './draw.ts';
import { lookOf } from './look.ts';
import { type Sample, sampleOf } from './sample.ts';

const COUNT = 24;

/** Tries the critic on tables: each is damaged in every way that it allows, and disguised in five. */
export async function criticiseTables(
  { seed: firstSeed, count = COUNT, say }: PartOptions,
  { ocr, renderer }: { readonly ocr: Ocr; readonly renderer: Renderer },
): Promise<Trial[]> {
  const critic = embeddedCritic({ ocr });
  const trials: Trial[] = [];
  for (let i = 0; i < count; i++) {
    const seed = firstSeed + i;
    const sample = sampleOf(seed);
    const random = seededApart(seed + 5001);
    const reference = await drawSample(sample, renderer);
    const other = lookOf(sample.kind, random);
    for (const [kind, candidate] of await disguises(sample, other, renderer)) {
      const result = await compared(critic, task, reference, candidate);
      if (!result) {
        say(`${sample.name}: the critic cannot read it`);
        break;
      }
      const found = result.found.length > 0;
      trials.push({ kind, clean: true, found, right: !found, ms: result.ms });
      if (found) say(`${sample.name}, clean, ${kind}: ${words(result.found)}`);
    }
    for (const kind of damages) {
      const one = damaged(sample.grid, kind, random);
      if (!one) continue;
      const candidate = await drawInSomeLook(one.grid, other, random, renderer);
      const result = await compared(critic, task, reference, candidate);
      if (!result) continue;
      const right = result.found.some(({ category }) => category === one.category);
      trials.push({ kind, clean: false, found: result.found.length > 0, right, ms: result.ms });
      if (!right) say(`${sample.name}, ${kind}, ${one.what}: ${words(result.found)}`);
    }
  }
  return trials;
}

function drawInSomeLook(
  grid: Sample['grid'],
  look: Sample['look'],
  random: Random,
  renderer: Renderer,
): Promise<Picture> {
  return random.chance(0.5)
    ? drawPlain(grid, renderer)
    : drawSample({ grid, look: { ...look, format: 'png' } }, renderer);
}

/** The same table as another style, file format or size gives it. */
async function disguises(
  { grid }: Sample,
  look: Sample['look'],
  renderer: Renderer,
): Promise<[string, Picture][]> {
  const plain = await drawPlain(grid, renderer);
  return [
    ['no style', plain],
    ['other font, padding, rulings', await drawSample({ grid, look }, renderer)],
    ['JPEG 90', await asJpeg(plain, 90)],
    ['0.75x', await resized(plain, 0.75)],
    ['2x', await resized(plain, 2)],
  ];
}
