import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { marked } from 'marked';
import sharp from 'sharp';
import { findChromium } from '../../tools/render/browser/find.ts';
import { findPython } from '../../tools/render/matplotlib/python.ts';
import type { Item, Kind } from './corpus.ts';
import { type Engine, ICON } from './engine.ts';

/** The style that the published pipeline wraps a table in (reference.md, section 4). */
const style =
  'body{background:#fff;margin:20px}table{border-collapse:collapse;font-family:Arial;font-size:14px}th,td{border:1px solid #333;padding:6px 10px}';

/**
 * The published pipelines, written plainly: bare python, a fresh Chrome, CairoSVG in a fresh process. Undefined
 * where what they need is not installed.
 */
export async function baseline(kind: Kind): Promise<Engine | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'verisim-baseline-'));
  const python = (await findPython()).executable;
  if (kind === 'icons' && !(await hasCairoSvg(python))) return undefined;
  const ways = { charts: chart, tables: table, icons: icon };
  let jobs = 0;
  return {
    name: 'baseline',
    async render(item) {
      jobs += 1;
      const file = join(folder, String(jobs));
      await ways[kind](item, file, python);
      if ((await stat(`${file}.png`)).size === 0) throw new Error(`baseline: ${item.name} gave no picture`);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function chart({ code }: Item, file: string, python: string): Promise<void> {
  const bare = code.replaceAll(/^.*\.(savefig|show)\(.*\)\s*$/gm, '');
  await writeFile(
    `${file}.py`,
    `${bare}\nimport matplotlib.pyplot as plt\nplt.savefig(${JSON.stringify(`${file}.png`)})\n`,
  );
  await execa(python, [`${file}.py`], { timeout: 15_000, env: { MPLBACKEND: 'Agg' } });
}

async function table({ code, language }: Item, file: string): Promise<void> {
  const html = language === 'markdown' ? await marked.parse(code, { async: true }) : code;
  await writeFile(`${file}.html`, `<html><head><style>${style}</style></head><body>${html}</body></html>`);
  await execa(findChromium(), [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=3600,2400'],
    ...[`--screenshot=${file}.full.png`, `file://${file}.html`],
  ]);
  const ink = await sharp(await readFile(`${file}.full.png`))
    .trim({ background: '#ffffff' })
    .toBuffer();
  const white = { top: 12, bottom: 12, left: 12, right: 12, background: '#ffffff' };
  const framed = await sharp(ink).extend(white).toBuffer();
  await sharp(framed)
    .resize(768, 768, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toFile(`${file}.png`);
}

async function icon({ code }: Item, file: string, python: string): Promise<void> {
  await writeFile(`${file}.svg`, code);
  const call = `cairosvg.svg2png(url=sys.argv[1], write_to=sys.argv[2], output_width=${ICON}, output_height=${ICON}, background_color="white")`;
  await execa(python, ['-c', `import cairosvg, sys; ${call}`, `${file}.svg`, `${file}.png`], {
    timeout: 10_000,
  });
}

async function hasCairoSvg(python: string): Promise<boolean> {
  const { failed } = await execa(python, ['-c', 'import cairosvg'], { reject: false });
  return !failed;
}
