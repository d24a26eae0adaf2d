/**
 * `npm run bench:embedded`: what the embedded generator and critic read, on sets drawn for the purpose whose truth
 * is known. Prints every figure that docs/embedded.md quotes.
 */
import { parseArgs } from 'node:util';
import { criticiseCharts } from '../bench/embedded/charts/critic.ts';
import { readCharts } from '../bench/embedded/charts/read.ts';
import { firstSeed, type Half, type PartOptions } from '../bench/embedded/half.ts';
import { criticiseIcons } from '../bench/embedded/icons/critic.ts';
import { readIcons, readLettered } from '../bench/embedded/icons/read.ts';
import { readOutside } from '../bench/embedded/outside.ts';
import { percent, readingReport, wrong } from '../bench/embedded/report.ts';
import type { Row } from '../bench/embedded/row.ts';
import { criticiseTables } from '../bench/embedded/tables/critic.ts';
import { readTables } from '../bench/embedded/tables/read.ts';
import { trialReport } from '../bench/embedded/trial.ts';
import { ConfigError } from '../core/errors.ts';
import { openOcr } from '../tools/ocr/ocr.ts';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';

const parts = [
  'icons',
  'lettered-icons',
  'tables',
  'charts',
  'outside',
  'critic-icons',
  'critic-tables',
  'critic-charts',
] as const;
const halves: readonly Half[] = ['development', 'report'];

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true, default: [...parts] },
    half: { type: 'string', multiple: true, default: [...halves] },
    count: { type: 'string' },
    seed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const asked = values.part.map((name) => oneOf(parts, '--part', name));
const wanted = values.half.map((name) => oneOf(halves, '--half', name));

const ocr = openOcr();
const html = htmlRenderer({ browser: openBrowser() });
const matplotlib = matplotlibRenderer();
const svg = svgRenderer();
const [withHtml, withPlots] = [
  { ocr, renderer: html },
  { ocr, renderer: matplotlib },
];

for (const half of wanted) {
  const read: Row[] = [];
  for (const part of asked) {
    console.log(`## ${part}, ${half} half\n`);
    const options: PartOptions = {
      seed: seedOf(half),
      ...(values.count !== undefined && { count: Number(values.count) }),
      say: (line) => values.verbose && console.log(`- ${line}`),
    };
    const rows = await readings(part, options);
    read.push(...rows);
    console.log(rows.length > 0 ? reportOf(part, rows) : trialReport(await trials(part, options)));
  }
  if (read.length > 0)
    console.log(
      `Silently wrong over everything that was read, ${half} half: ${wrong(read)} of ${read.length} (${percent(wrong(read), read.length)})\n`,
    );
}
await Promise.all([html.close(), matplotlib.close(), svg.close(), ocr.close()]);

type Part = (typeof parts)[number];

/** Development pictures are drawn from any seeds, so that what was mended can be tried on others. */
function seedOf(half: Half): number {
  const seed = values.seed === undefined ? firstSeed[half] : Number(values.seed);
  if (Number.isInteger(seed) && seed >= 0 && (half === 'development' || seed === firstSeed.report))
    return seed;
  throw new ConfigError(`--seed is a whole number for the development half, not "${values.seed}".`);
}

async function readings(part: Part, options: PartOptions): Promise<Row[]> {
  if (part === 'icons') return readIcons(options, ocr);
  if (part === 'lettered-icons') return readLettered(options, ocr);
  if (part === 'tables') return readTables(options, withHtml);
  if (part === 'charts') return readCharts(options, withPlots);
  if (part === 'outside') return readOutside(options, { ocr, renderers: { html, matplotlib, svg } });
  return [];
}

async function trials(part: Part, options: PartOptions) {
  if (part === 'critic-icons') return criticiseIcons(options);
  return part === 'critic-tables' ? criticiseTables(options, withHtml) : criticiseCharts(options, withPlots);
}

function reportOf(part: Part, rows: readonly Row[]): string {
  if (part === 'icons' || part === 'lettered-icons')
    return readingReport(
      rows,
      [
        { score: 'SSIM', quantile: 0.5, digits: 4 },
        { score: 'SSIM', quantile: 0.1, digits: 4 },
        { score: 'bytes', quantile: 0.5, digits: 0 },
        { score: 'bytes', quantile: 0.9, digits: 0 },
        { score: 'elements', quantile: 0.5, digits: 0 },
      ],
      part === 'icons' ? [] : ['text exact', 'as <text>', 'wrong text'],
    );
  if (part === 'tables')
    return readingReport(
      rows,
      [{ score: 'TEDS', digits: 4 }],
      ['cells exact', 'letters and digits right', 'grid right'],
    );
  return readingReport(rows, [], part === 'charts' ? ['values within 1%', 'texts exact'] : []);
}

function oneOf<Name extends string>(names: readonly Name[], option: string, name: string): Name {
  const found = names.find((one) => one === name);
  if (found === undefined) throw new ConfigError(`${option} is one of ${names.join(', ')}, not "${name}".`);
  return found;
}
