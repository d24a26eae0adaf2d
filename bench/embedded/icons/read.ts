import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import { svg } from '../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { ssim } from '../../../tools/image/ssim.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import type { PartOptions } from '../half.ts';
import { type Pair, refined } from '../refined.ts';
import { type Row, TRUSTED, unread } from '../row.ts';
import { iconKinds } from './kinds.ts';
import { letteredKinds } from './lettered.ts';
import { type IconCase, iconSet, letteredSet } from './set.ts';

/** Drawings less alike than this show something else. */
const ALIKE = 0.95;
const EACH = 8;

/** Reads a set of generated icons. */
export function readIcons(options: PartOptions, ocr: Ocr): Promise<Row[]> {
  return read(options, ocr, iconKinds, iconSet);
}

/** Reads a set of generated icons with text on them. */
export function readLettered(options: PartOptions, ocr: Ocr): Promise<Row[]> {
  return read(options, ocr, letteredKinds, letteredSet);
}

async function read(
  { seed, count, say }: PartOptions,
  ocr: Ocr,
  kinds: object,
  set: typeof iconSet,
): Promise<Row[]> {
  const renderer = svgRenderer();
  const generator = embeddedGenerator({ renderers: [renderer], ocr });
  const pair: Pair<Awaited<ReturnType<typeof generator.generate>>> = {
    task: svg,
    language: svg.languages[0],
    renderer,
    critic: embeddedCritic(),
    generate: generator.generate,
  };
  const each = count === undefined ? EACH : Math.ceil(count / Object.keys(kinds).length);
  const rows: Row[] = [];
  for (const icon of set(seed, each).slice(0, count)) {
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
    const words = wordsOf(icon, draft.code);
    const row: Row = {
      group: icon.kind,
      read: (draft.confidence ?? 0) >= TRUSTED,
      right: likeness >= ALIKE && words.wrong[0] === 0,
      scores: {
        SSIM: likeness,
        bytes: Buffer.byteLength(draft.code),
        elements: draft.code.match(/<(?!\/|svg|g|defs|stop|linearG|radialG)/g)?.length ?? 0,
      },
      counts: icon.svg.includes('<text')
        ? { 'text exact': words.exact, 'as <text>': words.written, 'wrong text': words.wrong }
        : {},
      rounds,
      first,
      all,
    };
    rows.push(row);
    if (!row.right || !row.read || words.exact[0] < words.exact[1])
      say(
        `${icon.name} ${icon.size} px: SSIM ${likeness.toFixed(4)}, confidence ${draft.confidence}${words.told}`,
      );
  }
  await renderer.close();
  return rows;
}

/** Whether the text of an icon was written: as an element that can be edited, or as the name of its outlines. */
function wordsOf({ svg }: IconCase, code: string) {
  const texts = (source: string) =>
    [...source.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
  const [wanted, written] = [texts(svg), texts(code)];
  const named = [...code.matchAll(/aria-label="([^"]*)"/g)].map(
    ([, text]) => text?.replace(/&#38;/g, '&amp;') ?? '',
  );
  const exact = (list: readonly string[]) => wanted.filter((text) => list.includes(text)).length;
  const all = [...written, ...named];
  const told =
    wanted.length === 0 ? '' : `, "${wanted.join()}" written as "${written.join()}", named "${named.join()}"`;
  return {
    exact: [exact(all), wanted.length] as const,
    written: [exact(written), wanted.length] as const,
    wrong: [all.filter((text) => !wanted.includes(text)).length, wanted.length] as const,
    told,
  };
}
