import sharp from 'sharp';
import type { Picture } from '../../../core/picture.ts';
import { decodePicture } from '../../../tools/image/decode.ts';
import type { Random } from '../random.ts';
import type { Sample } from './sample.ts';

/** One known difference from a sample, and the category that names it rightly. */
export interface Damage {
  readonly name: string;
  readonly category: string;
  readonly code: string;
}

/** Every damage that a sample's program allows. */
export function damagesOf({ code, truth, kind, look }: Sample, random: Random): Damage[] {
  const damages: Damage[] = [];
  const add = (name: string, category: string, changed: string) => {
    if (changed !== code) damages.push({ name, category, code: changed });
  };
  add('text changed', 'text_error', code.replace(/ax\.set_title\('[^']*'/, "ax.set_title('Another heading'"));
  add('text missing', 'text_error', code.replace(/ax\.set_ylabel\([^)]*\)?[^\n]*\n/, ''));
  const [series] = truth.series;
  const values = series?.values ?? [];
  const most = Math.max(...truth.series.flatMap((one) => one.values.map(Math.abs)));
  const at = random.whole(0, values.length - 1);
  const moved = values.map((value, i) =>
    i === at ? Number((value + (value > most / 2 ? -0.2 : 0.2) * most).toPrecision(4)) : value,
  );
  if (kind !== 'stacked')
    add('value changed', 'data_error', code.replace(`[${values.join(', ')}]`, `[${moved.join(', ')}]`));
  if (kind !== 'pie') {
    const used = new Set(truth.series.map(({ colour }) => colour));
    const other =
      ['#d62728', '#17becf', '#000080', '#7f3c00'].find((colour) => !used.has(colour)) ?? '#d62728';
    if (!code.includes('color=['))
      add('recoloured', 'style_error', code.replace(`color='${series?.colour}'`, `color='${other}'`));
    add(
      'style changed',
      'style_error',
      look.grid === ''
        ? code.replace('ax.set_title', 'ax.grid(True)\nax.set_title')
        : code.replace(/ax\.grid\([^\n]*\)\n/, ''),
    );
  }
  if (kind === 'line') {
    const marked = /, marker='.'/.test(code);
    add(
      'style changed',
      'style_error',
      marked ? code.replace(/, marker='.'/, '') : code.replace(/(label='[^']*')/, "$1, marker='o'"),
    );
  }
  if (truth.series.length > 1 && kind !== 'stacked') {
    const lines = code.split('\n');
    const last = lines.findLastIndex((line) => /^ax\.(bar|plot|scatter)\(/.test(line));
    add('missing', 'structure_error', lines.filter((_, i) => i !== last).join('\n'));
  }
  if (kind === 'line' || kind === 'scatter') {
    const ys = values.map((value) => Number((value * 0.8 + 0.15 * most).toPrecision(3)));
    const xs = series?.xs ?? ys.map((_, i) => i);
    const x =
      truth.categories.length > 0
        ? `[${truth.categories.map((text) => `'${text}'`).join(', ')}]`
        : `[${xs.join(', ')}]`;
    add(
      'extra',
      'structure_error',
      code.replace(
        'ax.set_title',
        `ax.${kind === 'line' ? 'plot' : 'scatter'}(${x}, [${ys.join(', ')}], color='#000080')\nax.set_title`,
      ),
    );
  }
  if (truth.legend) {
    add('missing', 'structure_error', code.replace(/ax\.legend\([^\n]*\)\n/, ''));
    const corner = /upper left/.test(code) ? 'lower right' : 'upper left';
    if (look.legend !== 'best')
      add('moved', 'style_error', code.replace(/ax\.legend\([^\n]*\)/, `ax.legend(loc='${corner}')`));
  }
  return damages;
}

/** The same chart as another renderer, file format or size would give it. */
export async function cleanOf(picture: Picture, way: number): Promise<{ name: string; picture: Picture }> {
  const jpeg = (quality: number) => sharp(picture.png).jpeg({ quality }).toBuffer();
  const scaled = (factor: number) =>
    sharp(picture.png)
      .resize({ width: Math.round(picture.width * factor) })
      .png()
      .toBuffer();
  const ways: readonly [string, () => Promise<Buffer>][] = [
    ['jpeg 90', () => jpeg(90)],
    ['0.75x', () => scaled(0.75)],
    ['1.5x', () => scaled(1.5)],
    ['2x', () => scaled(2)],
    [
      'padding',
      () =>
        sharp(picture.png)
          .extend({ top: 8, bottom: 8, left: 10, right: 10, background: '#ffffff' })
          .png()
          .toBuffer(),
    ],
  ];
  const [name, make] = ways[way % ways.length] ?? ['jpeg 90', () => jpeg(90)];
  return { name, picture: await decodePicture(await make(), 'clean') };
}
