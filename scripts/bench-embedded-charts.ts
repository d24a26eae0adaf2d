import { parseArgs } from 'node:util';
import { chartGenerator } from '../agents/embedded/chart/generate.ts';
import { ConfigError } from '../core/errors.ts';
import { chart as task } from '../core/tasks/chart.ts';
import { embeddedCritic } from '../tools/critic/embedded/critic.ts';
import { openOcr } from '../tools/ocr/ocr.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { outsideOf } from './embedded-charts/outside.ts';
import { writePicture } from './embedded-charts/picture.ts';
import { sampleOf } from './embedded-charts/sample.ts';
import { judged } from './embedded-charts/truth.ts';

/** Below this confidence a reading says of itself that it is partial. */
const TRUSTED = 0.5;
const HALF = 128;

const { values: options } = parseArgs({
  options: {
    half: { type: 'string', default: 'report' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: String(HALF) },
    rounds: { type: 'string', default: '2' },
    outside: { type: 'string', default: '60' },
    verbose: { type: 'boolean', default: false },
  },
});

// Nobody tunes on the report half: its seeds begin elsewhere.
const base = options.half === 'report' ? 10_000 : 0;
const ocr = openOcr();
const renderer = matplotlibRenderer();
const generate = chartGenerator(ocr);
const critic = embeddedCritic({ ocr });
const rounds = Number(options.rounds);
const byRound: { severity: number; residual: number; count: number }[] = [];
const language = task.languages[0];

interface Row {
  readonly style: string;
  readonly kind: string;
  readonly read: boolean;
  readonly right: boolean;
  readonly values: { right: number; all: number };
  readonly texts: { right: number; all: number };
  readonly ms: number;
}
const rows: Row[] = [];
const nothing = { right: 0, all: 0 };
for (let i = Number(options.from); i < Number(options.from) + Number(options.count); i++) {
  const sample = sampleOf(base + i);
  const image = await writePicture(sample, renderer);
  if (!image) throw new Error(`${sample.name} does not render`);
  const started = performance.now();
  const common = { style: sample.look.style, kind: sample.kind };
  try {
    let draft = await generate({ task, language, image }, renderer);
    const ms = performance.now() - started;
    for (let round = 0; round <= rounds; round++) {
      const render = await renderer.render({ code: draft.code });
      if (render.kind !== 'rendered') break;
      const feedback = await critic.critique({ task, reference: image, candidate: render.picture });
      if (feedback.kind !== 'critique') break;
      const { severitySum, residual = 0 } = feedback;
      const tally = byRound[round] ?? { severity: 0, residual: 0, count: 0 };
      byRound[round] = tally;
      tally.severity += severitySum;
      tally.residual += residual;
      tally.count++;
      if (round === rounds) break;
      if (severitySum === 0) {
        // The loop ends here; what it reached counts for the rounds that are left.
        for (let rest = round + 1; rest <= rounds; rest++) {
          const later = byRound[rest] ?? { severity: 0, residual: 0, count: 0 };
          byRound[rest] = { ...later, residual: later.residual + residual, count: later.count + 1 };
        }
        break;
      }
      draft = await generate({ task, language, image, previous: { code: draft.code, feedback } }, renderer);
    }
    const { confidence, chart } = draft;
    if (!chart) throw new Error(`${sample.name}: the draft comes without its chart`);
    const { kindRight, values, texts, notes } = judged(sample, chart);
    const right = kindRight && values.right === values.all && texts.right === texts.all;
    rows.push({ ...common, read: confidence >= TRUSTED, right, values, texts, ms });
    if (options.verbose && (!right || confidence < TRUSTED))
      console.log(`${sample.name} ${sample.look.format}: ${confidence} ${notes.join('; ')}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    rows.push({
      ...common,
      read: false,
      right: false,
      values: nothing,
      texts: nothing,
      ms: performance.now() - started,
    });
    if (options.verbose) console.log(`${sample.name} ${sample.look.format}: ${error.message.slice(0, 110)}`);
  }
}

let fooled = 0;
const outside = Number(options.outside);
for (let i = 0; i < outside; i++) {
  const sample = outsideOf(base + i);
  const image = await writePicture(sample, renderer);
  if (!image) throw new Error(`${sample.name} does not render`);
  try {
    const { confidence } = await generate({ task, language, image }, renderer);
    if (confidence >= TRUSTED) fooled++;
    if (options.verbose) console.log(`OUTSIDE ${sample.name} was read with confidence ${confidence}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
}
await renderer.close();
await ocr.close();

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;
const sum = (list: readonly Row[], pick: (row: Row) => number) =>
  list.reduce((total, row) => total + pick(row), 0);
function report(name: string, list: readonly Row[]): void {
  const read = list.filter((row) => row.read);
  const wrong = read.filter((row) => !row.right);
  const times = list.map(({ ms }) => ms).sort((a, b) => a - b);
  console.log(
    [
      name.padEnd(18),
      `${list.length}`.padStart(4),
      `read ${percent(read.length, list.length)}`,
      `values ${percent(
        sum(read, (row) => row.values.right),
        sum(read, (row) => row.values.all),
      )}`,
      `texts ${percent(
        sum(read, (row) => row.texts.right),
        sum(read, (row) => row.texts.all),
      )}`,
      `fully right ${percent(list.filter((row) => row.right).length, list.length)}`,
      `wrong without abstaining ${wrong.length} (${percent(wrong.length, list.length)})`,
      `${Math.round(times[times.length >> 1] ?? 0)} ms`,
    ].join('  '),
  );
}
report('all', rows);
for (const style of ['default', 'varied'])
  report(
    style,
    rows.filter((row) => row.style === style),
  );
for (const kind of new Set(rows.map((row) => row.kind)))
  report(
    kind,
    rows.filter((row) => row.kind === kind),
  );
const wrong = rows.filter((row) => row.read && !row.right).length + fooled;
for (const [round, { severity, residual, count }] of byRound.entries()) {
  console.log(
    `round ${round}: mean severity ${(severity / count).toFixed(2)}, mean residual ${(residual / count).toFixed(4)} (${count} charts)`,
  );
}
console.log(`out of scope: ${outside}, read without abstaining ${fooled}`);
console.log(
  `silently wrong over everything: ${wrong} of ${rows.length + outside} (${percent(wrong, rows.length + outside)})`,
);
