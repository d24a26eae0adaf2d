import { parseArgs } from 'node:util';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { ConfigError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import { svg as task } from '../../core/tasks/svg.ts';
import { embeddedCritic } from '../../tools/critic/embedded/critic.ts';
import { decodePicture } from '../../tools/image/decode.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';
import { damagesOf } from './icon-damage.ts';
import { iconSet } from './icon-set.ts';
import { seeded } from './random.ts';

/** Tries the embedded critic on icons: known damage must be found and named rightly, clean pairs must pass. */
const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'development' },
    count: { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
});
if (values.half !== 'development' && values.half !== 'report') {
  throw new ConfigError(`--half is development or report, not "${values.half}".`);
}

const critic = embeddedCritic();
const draw = (svg: string, size: number): Picture =>
  pictureOfPng(
    new Resvg(svg, { background: '#fff', fitTo: { mode: 'width', value: size } }).render().asPng(),
  );

interface Tally {
  pairs: number;
  found: number;
  right: number;
  beside: number;
}
const tallies = new Map<string, Tally>();
const clean = new Map<string, { pairs: number; alarmed: number; alarms: number }>();
let [milliseconds, compared] = [0, 0];

async function critiqued(reference: Picture, candidate: Picture) {
  const start = performance.now();
  const result = await critic.critique({ task, reference, candidate });
  milliseconds += performance.now() - start;
  compared++;
  if (result.kind === 'critic-failure') throw new Error(result.reason);
  return result.discrepancies;
}

/** Same drawing, other pixels. */
async function disguises(svg: string, size: number, picture: Picture): Promise<[string, Picture, Picture][]> {
  const jpeg = async (quality: number) =>
    decodePicture(await sharp(picture.png).jpeg({ quality }).toBuffer(), 'icon.jpg');
  // librsvg, a renderer of another family than resvg.
  const other = await sharp(Buffer.from(svg.replace('<svg ', `<svg width="${size}" height="${size}" `)))
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();
  const scaled = (factor: number) => draw(svg, Math.round(size * factor));
  return [
    ['other renderer', picture, await decodePicture(other, 'icon.png')],
    ['JPEG 90', await jpeg(90), picture],
    ['JPEG 75', await jpeg(75), picture],
    ['0.75x', picture, scaled(0.75)],
    ['1.5x', picture, scaled(1.5)],
    ['2x', picture, scaled(2)],
  ];
}

for (const icon of iconSet(values.half, Number(values.count))) {
  if (!icon.name.startsWith(values.only)) continue;
  const reference = draw(icon.svg, icon.size);
  for (const damage of damagesOf(icon.svg, seeded(icon.name.length * 7919 + icon.size))) {
    const found = await critiqued(reference, draw(damage.svg, icon.size));
    const tally = tallies.get(damage.kind) ?? { pairs: 0, found: 0, right: 0, beside: 0 };
    const [left, top, width, height] = damage.box.map((value) => value / 100);
    const touching = found.filter(({ box }) => {
      if (!box) return false;
      const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
      const margin = 0.04;
      return (
        x >= (left ?? 0) - margin &&
        x <= (left ?? 0) + (width ?? 0) + margin &&
        y >= (top ?? 0) - margin &&
        y <= (top ?? 0) + (height ?? 0) + margin
      );
    });
    const [first] = touching;
    const right = first !== undefined && damage.categories.includes(first.category);
    tally.pairs++;
    if (first) tally.found++;
    if (right) tally.right++;
    tally.beside += found.length - Math.min(1, touching.length);
    tallies.set(damage.kind, tally);
    if (values.verbose && !right) {
      console.log(
        `${icon.name} ${icon.size} ${damage.kind}: ${found.map((one) => `${one.category} ${one.severity} ${one.description}`).join(' | ') || 'nothing'}`,
      );
    }
  }
  for (const [name, wanted, got] of await disguises(icon.svg, icon.size, reference)) {
    const found = await critiqued(wanted, got);
    const tally = clean.get(name) ?? { pairs: 0, alarmed: 0, alarms: 0 };
    tally.pairs++;
    tally.alarms += found.length;
    if (found.length > 0) tally.alarmed++;
    clean.set(name, tally);
    if (values.verbose && found.length > 0) {
      console.log(
        `${icon.name} ${icon.size} ${name}: ${found.map((one) => `${one.category} ${one.severity} ${one.description}`).join(' | ')}`,
      );
    }
  }
}

const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;
const total: Tally = { pairs: 0, found: 0, right: 0, beside: 0 };
for (const [kind, tally] of tallies) {
  console.log(
    `${kind.padEnd(12)} pairs ${String(tally.pairs).padStart(4)}  found ${share(tally.found, tally.pairs)}  right category ${share(tally.right, tally.pairs)}  further entries a pair ${(tally.beside / tally.pairs).toFixed(2)}`,
  );
  for (const key of ['pairs', 'found', 'right', 'beside'] as const) total[key] += tally[key];
}
console.log(
  `damage, all   pairs ${total.pairs}  found ${share(total.found, total.pairs)}  right category ${share(total.right, total.pairs)}  further entries a pair ${(total.beside / Math.max(1, total.pairs)).toFixed(2)}`,
);
for (const [name, { pairs, alarmed, alarms }] of clean) {
  console.log(`clean, ${name.padEnd(15)} pairs ${pairs}  with false alarms ${alarmed}  alarms ${alarms}`);
}
console.log(`milliseconds a pair ${(milliseconds / compared).toFixed(0)}`);
