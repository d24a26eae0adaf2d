/**
 * What `verisim compare` can tell, with models of known skill: finds the order of strategies over many seeds, with the
 * real loop in this process; then a whole comparison over HTTP of plain icons, whose report goes to docs/compare.html and
 * its picture to docs/compare.png. All of it is simulated, and no measure of any model.
 *
 *   npm run bench:compare -- [seeds] [pictures] [first seed]      default: 50 40 1; 0 seeds: the report alone
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { armsOf } from '../bench/compare/arm.ts';
import { compare } from '../bench/compare/compare.ts';
import { compareMarkdown } from '../bench/compare/markdown.ts';
import { samplesOf } from '../bench/compare/samples.ts';
import { scorerNamed } from '../bench/compare/scorer.ts';
import { openScoreTools } from '../bench/score/tools.ts';
import { DatasetError } from '../core/errors.ts';
import { openCorrupter } from '../datasets/corrupt/corrupt.ts';
import { parseConfig } from '../runtime/config.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { corruptedSubject } from '../server/simulate/corrupted.ts';
import { startSimulator } from '../server/simulate/start.ts';
import { findChromium } from '../tools/render/browser/find.ts';
import { recover, skill, strategies } from './compare/recover.ts';
import { writeIcons } from './plain-icons.ts';

const [seeds = 50, pictures = 40, first = 1] = process.argv.slice(2).map(Number);
const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const arms = [
  'direct',
  'self-refine',
  'refine',
  'refine:criticSamples=3',
  'best-of-n',
  'best-of-n+refine:drafts=2',
];

if (seeds > 0) {
  const found = await recover(seeds, pictures, { first });
  console.log(
    `Simulated models, ${pictures} pictures, ${seeds} seeds; known order: ${strategies.join(' < ')} (the last two are the same)`,
  );
  console.log(`means in that order            ${found.ordered} of ${seeds}`);
  console.log(`every real step shown          ${found.shown} of ${seeds}`);
  console.log(`the same told apart            ${found.told} of ${seeds}`);
  console.log(`their interval without zero    ${found.missed} of ${seeds}\n`);
}
await report();

async function report(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'verisim-compare-'));
  const models = {
    generator: { name: 'openai:simulated-generator', prices: { input: 0.2, output: 0.8 }, apiKeyEnv: null },
    critic: { name: 'openai:simulated-critic', prices: { input: 0.1, output: 0.4 }, apiKeyEnv: null },
    judge: { name: 'openai:simulated-judge', apiKeyEnv: null },
  };
  const renderers = openRenderers(parseConfig({}));
  try {
    const icons = join(folder, 'icons');
    await writeIcons(icons, 40, renderers.of('svg'));
    const samples = await samplesOf(icons, { task: 'svg' });
    const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
    const subjects = await Promise.all(
      samples.map(({ code, ...sample }) => {
        if (code === undefined) throw new DatasetError(`${sample.source} has no code.`);
        return corruptedSubject({ ...sample, code }, { corrupter, seed: 1, count: 6 });
      }),
    );
    await corrupter.close();
    await using simulator = await startSimulator(
      {
        ...skill,
        vary: true,
        models: { 'simulated-judge': { role: 'critic', miss: 0, invent: 0, misgrade: 0 } },
      },
      { pictures: [], subjects, renderers: [renderers.of('svg')] },
    );
    const named = Object.entries(models).map(([name, model]) => [name, { ...model, baseUrl: simulator.url }]);
    const config = parseConfig({
      models: Object.fromEntries(named),
      generator: 'generator',
      critic: 'critic',
    });
    await using verisim = createVerisim(config, { renderers });
    const tools = openScoreTools({}, config, renderers);
    const analysis = await compare({
      samples,
      arms: armsOf(arms),
      scorers: ['critic judge', 'ssim'].map((name) => scorerNamed(name, { verisim, tools })),
      baseline: 'refine',
      resampling: { resamples: 10_000, seed: 1 },
      made: {},
      out: join(folder, 'out'),
      concurrency: 4,
      verisim,
      say: console.error,
      status: () => {},
    });
    console.log(compareMarkdown(analysis));
    await copyFile(join(folder, 'out', 'report.html'), join(docs, 'compare.html'));
    await picture(join(docs, 'compare.html'), join(docs, 'compare.png'));
  } finally {
    await renderers.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The top of the page, as a README shows it. */
async function picture(page: string, path: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1000, height: 632 }, colorScheme: 'light' });
    await tab.goto(pathToFileURL(page).href);
    await tab.screenshot({ path });
  } finally {
    await browser.close();
  }
}
