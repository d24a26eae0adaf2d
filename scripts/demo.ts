/**
 * `npm run demo`: three pictures, refined and reported. The icon by the embedded pair; the table and the
 * chart by a simulated model over real HTTP, since no model comes with Verisim.
 */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exit, interruptible } from '../cli/exit.ts';
import { openIo } from '../cli/io.ts';
import { progress } from '../cli/progress.ts';
import { VerisimError } from '../core/errors.ts';
import { loadKnownPictures } from '../datasets/known.ts';
import { parseConfig } from '../runtime/config.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { createVerisim, type RefineOptions } from '../runtime/verisim.ts';
import { writeRun } from '../runtime/write.ts';
import { startSimulator } from '../server/simulate/start.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = join(root, 'examples');
const out = join(root, 'out', 'demo');
const interruption = interruptible();
const { signal } = interruption;
const io = openIo(interruption);

const renderers = openRenderers(parseConfig({}));
const known = await loadKnownPictures(examples);
const simulated = known.filter(({ task }) => task.name !== 'svg');
const simulator = await startSimulator(
  {},
  { pictures: simulated, renderers: simulated.map(({ language }) => renderers.of(language.name)) },
);
const models = Object.fromEntries(
  ['generator', 'critic'].map((role) => [
    `simulated-${role}`,
    { name: `openai:simulated-${role}`, baseUrl: simulator.url, apiKeyEnv: null },
  ]),
);
const verisim = createVerisim({ models }, { renderers });

const embedded = { generator: 'embedded', critic: 'embedded' };
const played = { generator: 'simulated-generator', critic: 'simulated-critic' };
const jobs: readonly (RefineOptions & { file: string })[] = [
  { file: 'icon.png', task: 'svg', ...embedded },
  { file: 'table.png', task: 'table', ...played },
  { file: 'chart.png', task: 'chart', ...played },
];

let code: number = exit.good;
for (const { file, ...options } of jobs) {
  if (signal.aborted) break;
  const folder = join(out, options.task);
  try {
    const picture = join(examples, file);
    const { record, pictures } = await verisim.refine(picture, { ...options, signal, onEvent: progress(io) });
    await writeRun(folder, record, pictures);
    if (record.best === null) code = exit.noResult;
    io.say(`  report: ${relative(process.cwd(), join(folder, 'report.html'))}\n`);
  } catch (error) {
    // One missing part (Chromium, say) does not keep the others from being shown.
    if (!(error instanceof VerisimError)) throw error;
    io.say(`${file}: ${error.message}\n`);
    code = exit.wrongUse;
  }
}
await verisim.close();
await simulator.close();
await renderers.close();
if (!signal.aborted && code === exit.good) {
  io.say('Table and chart were played by a simulated model: no measure of any real one.');
  io.say(`Look at the reports in ${relative(process.cwd(), out)}/{svg,table,chart}/report.html`);
}
process.exitCode = signal.aborted ? exit.interrupted : code;
