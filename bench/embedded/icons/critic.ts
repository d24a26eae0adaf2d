import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { Picture } from '../../../core/picture.ts';
import { svg as task } from '../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { decodePicture } from '../../../tools/image/decode.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import type { PartOptions } from '../half.ts';
import { seeded } from '../random.ts';
import { compared, type Trial, words } from '../trial.ts';
import { damagesOf } from './damage.ts';
import { iconKinds } from './kinds.ts';
import { iconSet } from './set.ts';

const EACH = 4;
/** How far outside the damaged part's box an entry may point, as a fraction of the picture. */
const MARGIN = 0.04;

/** Tries the critic on icons: known damage must be found where it is and named rightly, clean pairs must pass. */
export async function criticiseIcons({ seed, count, say }: PartOptions): Promise<Trial[]> {
  const critic = embeddedCritic();
  const kinds = Object.keys(iconKinds).length;
  const icons = iconSet(seed, count === undefined ? EACH : Math.ceil(count / kinds)).slice(0, count);
  const trials: Trial[] = [];
  for (const icon of icons) {
    const reference = draw(icon.svg, icon.size);
    for (const damage of damagesOf(icon.svg, seeded(icon.name.length * 7919 + icon.size))) {
      const result = await compared(critic, task, reference, draw(damage.svg, icon.size));
      if (!result) continue;
      const first = result.found.find((one) => pointsAt(one, damage.box));
      const right = first !== undefined && damage.categories.includes(first.category);
      trials.push({ kind: damage.kind, clean: false, found: first !== undefined, right, ms: result.ms });
      if (!right) say(`${icon.name} ${icon.size} px, ${damage.kind}: ${words(result.found)}`);
    }
    for (const [kind, wanted, got] of await disguises(icon.svg, icon.size, reference)) {
      const result = await compared(critic, task, wanted, got);
      if (!result) continue;
      const found = result.found.length > 0;
      trials.push({ kind, clean: true, found, right: !found, ms: result.ms });
      if (found) say(`${icon.name} ${icon.size} px, clean, ${kind}: ${words(result.found)}`);
    }
  }
  return trials;
}

/** The entry's middle lies in what was damaged. */
function pointsAt({ box }: Discrepancy, damaged: readonly number[]): boolean {
  if (!box) return false;
  const [left, top, width, height] = damaged.map((value) => value / 100);
  const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  return (
    x >= (left ?? 0) - MARGIN &&
    x <= (left ?? 0) + (width ?? 0) + MARGIN &&
    y >= (top ?? 0) - MARGIN &&
    y <= (top ?? 0) + (height ?? 0) + MARGIN
  );
}

function draw(svg: string, size: number): Picture {
  return pictureOfPng(
    new Resvg(svg, { background: '#fff', fitTo: { mode: 'width', value: size } }).render().asPng(),
  );
}

/** Same drawing, other pixels. */
async function disguises(svg: string, size: number, picture: Picture): Promise<[string, Picture, Picture][]> {
  const jpeg = await decodePicture(await sharp(picture.png).jpeg({ quality: 90 }).toBuffer(), 'icon.jpg');
  // librsvg, a renderer of another family than resvg.
  const other = await sharp(Buffer.from(svg.replace('<svg ', `<svg width="${size}" height="${size}" `)))
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();
  const scaled = (factor: number) => draw(svg, Math.round(size * factor));
  return [
    ['other renderer', picture, await decodePicture(other, 'icon.png')],
    ['JPEG 90', jpeg, picture],
    ['0.75x', picture, scaled(0.75)],
    ['1.5x', picture, scaled(1.5)],
    ['2x', picture, scaled(2)],
  ];
}
