import sharp from 'sharp';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { Picture } from '../../../core/picture.ts';
import { svg as task } from '../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { decodePicture } from '../../../tools/image/decode.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import type { PartOptions } from '../half.ts';
import { seeded } from '../random.ts';
import { compared, type Trial, words } from '../trial.ts';
import { type Damage, damagesOf } from './damage.ts';
import { iconKinds } from './kinds.ts';
import { letteredKinds } from './lettered.ts';
import { letteredDamagesOf } from './lettered-damage.ts';
import { type IconCase, iconSet, letteredSet } from './set.ts';

const EACH = 4;
/** How far outside the damaged part's box an entry may point, as a fraction of the picture. */
const MARGIN = 0.04;

/**
 * Tries the critic on icons, without and with text: known damage must be found where it is and named rightly, clean
 * pairs must pass.
 */
export async function criticiseIcons({ seed, count, say }: PartOptions): Promise<Trial[]> {
  const critic = embeddedCritic();
  const renderer = svgRenderer();
  const draw: Draw = async (code, size) => {
    const result = await renderer.render({ code, size: { width: size, height: size } });
    if (result.kind === 'rendered') return result.picture;
    if (result.outcome === 'blank') return blank(size);
    throw new Error(`An icon does not render: ${result.message}`);
  };
  const all = Object.keys({ ...iconKinds, ...letteredKinds }).length;
  const each = count === undefined ? EACH : Math.ceil(count / all);
  const icons = [...iconSet(seed, each), ...letteredSet(seed, each)].slice(0, count);
  const trials: Trial[] = [];
  for (const icon of icons) {
    const reference = await draw(icon.svg, icon.size);
    for (const damage of await damages(icon, draw)) {
      const result = await compared(critic, task, reference, await draw(damage.svg, icon.size));
      if (!result) continue;
      const first = result.found.find((one) => pointsAt(one, damage.box));
      const right = first !== undefined && damage.categories.includes(first.category);
      trials.push({ kind: damage.kind, clean: false, found: first !== undefined, right, ms: result.ms });
      if (!right) say(`${icon.name} ${icon.size} px, ${damage.kind}: ${words(result.found)}`);
    }
    for (const [kind, wanted, got] of await disguises(icon, reference, draw)) {
      const result = await compared(critic, task, wanted, got);
      if (!result) continue;
      const found = result.found.length > 0;
      trials.push({ kind, clean: true, found, right: !found, ms: result.ms });
      if (found) say(`${icon.name} ${icon.size} px, clean, ${kind}: ${words(result.found)}`);
    }
  }
  await renderer.close();
  return trials;
}

type Draw = (svg: string, size: number) => Promise<Picture>;

/** What is left where the only part is missing. */
async function blank(size: number): Promise<Picture> {
  const create = { width: size, height: size, channels: 3, background: '#fff' } as const;
  return decodePicture(await sharp({ create }).png().toBuffer(), 'icon.png');
}

async function damages({ name, svg, size }: IconCase, draw: Draw): Promise<Damage[]> {
  const random = seeded(name.length * 7919 + size);
  const found: Damage[] = [];
  for (const damage of letteredDamagesOf(svg, random)) {
    const box = await changedBox(await draw(svg, FINE), await draw(damage.svg, FINE));
    if (box) found.push({ ...damage, box });
  }
  return [...damagesOf(svg, random), ...found];
}

/** Pixels a side of the pictures that tell where a text shows. */
const FINE = 400;

/** Where two pictures differ, in hundredths of the picture. */
async function changedBox(a: Picture, b: Picture): Promise<Damage['box'] | undefined> {
  const [wanted, got] = await Promise.all([pixelsOf(a), pixelsOf(b)]);
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const [i, value] of wanted.data.entries()) {
    if (value === got.data[i]) continue;
    const [x, y] = [Math.floor(i / 3) % FINE, Math.floor(i / 3 / FINE)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  const unit = 100 / FINE;
  return right > 0 ? [left * unit, top * unit, (right - left) * unit, (bottom - top) * unit] : undefined;
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

/** Same drawing, other pixels. */
async function disguises(
  { svg, size }: IconCase,
  picture: Picture,
  draw: Draw,
): Promise<[string, Picture, Picture][]> {
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
    ['0.75x', picture, await scaled(0.75)],
    ['1.5x', picture, await scaled(1.5)],
    ['2x', picture, await scaled(2)],
  ];
}
