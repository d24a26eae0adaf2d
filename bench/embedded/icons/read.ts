import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import { svg } from '../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { ssim } from '../../../tools/image/ssim.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import type { PartOptions } from '../half.ts';
import { type Pair, refined } from '../refined.ts';
import { type Row, TRUSTED, unread } from '../row.ts';
import { iconKinds } from './kinds.ts';
import { iconSet } from './set.ts';

/** Drawings less alike than this show something else. */
const ALIKE = 0.95;
const EACH = 8;

/** Reads a set of generated icons. */
export async function readIcons({ half, count, say }: PartOptions): Promise<Row[]> {
  const renderer = svgRenderer();
  const generator = embeddedGenerator({ renderers: [renderer] });
  const pair: Pair<Awaited<ReturnType<typeof generator.generate>>> = {
    task: svg,
    language: svg.languages[0],
    renderer,
    critic: embeddedCritic(),
    generate: generator.generate,
  };
  const kinds = Object.keys(iconKinds).length;
  const rows: Row[] = [];
  for (const icon of iconSet(half, count === undefined ? EACH : Math.ceil(count / kinds)).slice(0, count)) {
    const size = { width: icon.size, height: icon.size };
    const drawn = await renderer.render({ code: icon.svg, size });
    if (drawn.kind === 'render-failure') throw new Error(`${icon.name} does not render: ${drawn.message}`);
    const result = await refined(drawn.picture, pair);
    if (result.kind === 'abstained') {
      say(`${icon.name}: ${result.reason}`);
      rows.push(unread(icon.kind, result.all));
      continue;
    }
    const { draft, render, rounds, first, all } = result;
    const likeness = ssim(await pixelsOf(drawn.picture), await pixelsOf(render));
    const row: Row = {
      group: icon.kind,
      read: (draft.confidence ?? 0) >= TRUSTED,
      right: likeness >= ALIKE,
      scores: {
        SSIM: likeness,
        bytes: Buffer.byteLength(draft.code),
        elements: draft.code.match(/<(?!\/|svg|g|defs|stop|linearG|radialG)/g)?.length ?? 0,
      },
      counts: {},
      rounds,
      first,
      all,
    };
    rows.push(row);
    if (!row.right || !row.read)
      say(`${icon.name} ${icon.size} px: SSIM ${likeness.toFixed(4)}, confidence ${draft.confidence}`);
  }
  await renderer.close();
  return rows;
}
