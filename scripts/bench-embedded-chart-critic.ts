import { parseArgs } from 'node:util';
import { chart as task } from '../core/tasks/chart.ts';
import { embeddedCritic } from '../tools/critic/embedded/critic.ts';
import { openOcr } from '../tools/ocr/ocr.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { cleanOf, damagesOf } from './embedded-charts/damage.ts';
import { writePicture } from './embedded-charts/picture.ts';
import { randomOf } from './embedded-charts/random.ts';
import { sampleOf } from './embedded-charts/sample.ts';

const { values: options } = parseArgs({
  options: {
    half: { type: 'string', default: 'report' },
    count: { type: 'string', default: '48' },
    verbose: { type: 'boolean', default: false },
  },
});
const base = options.half === 'report' ? 10_000 : 0;
const ocr = openOcr();
const renderer = matplotlibRenderer();
const critic = embeddedCritic({ ocr });

const kinds = new Map<string, { all: number; found: number; category: number }>();
const times: number[] = [];
let [unread, clean, alarms] = [0, 0, 0];
for (let i = 0; i < Number(options.count); i++) {
  const sample = sampleOf(base + i);
  const reference = await writePicture(sample, renderer);
  if (!reference) throw new Error(`${sample.name} does not render`);
  const other = await cleanOf(reference, i);
  const verdict = await critic.critique({ task, reference, candidate: other.picture });
  if (verdict.kind === 'critic-failure') {
    unread++;
    if (options.verbose) console.log(`${sample.name}: ${verdict.reason.slice(0, 110)}`);
    continue;
  }
  clean++;
  if (verdict.discrepancies.length > 0) {
    alarms++;
    if (options.verbose)
      console.log(
        `FALSE ALARM ${sample.name} ${other.name}: ${verdict.discrepancies
          .map(({ category, description }) => `${category}: ${description}`)
          .slice(0, 3)
          .join(' | ')}`,
      );
  }
  for (const damage of damagesOf(sample, randomOf(base + i))) {
    const candidate = await writePicture({ code: damage.code, look: { format: 'png' } }, renderer);
    if (!candidate) continue;
    const started = performance.now();
    const result = await critic.critique({ task, reference, candidate });
    times.push(performance.now() - started);
    const tally = kinds.get(damage.name) ?? { all: 0, found: 0, category: 0 };
    kinds.set(damage.name, tally);
    tally.all++;
    const found = result.kind === 'critique' ? result.discrepancies : [];
    if (found.length > 0) tally.found++;
    if (found.some(({ category }) => category === damage.category)) tally.category++;
    else if (options.verbose)
      console.log(
        `${sample.name} ${damage.name}: ${
          found
            .map(({ category, description }) => `${category}: ${description}`)
            .slice(0, 3)
            .join(' | ') || 'nothing found'
        }`,
      );
  }
}
await renderer.close();
await ocr.close();

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;
for (const [name, { all, found, category }] of kinds)
  console.log(
    `${name.padEnd(14)} ${all} pairs  found ${percent(found, all)}  right category ${percent(category, all)}`,
  );
const total = [...kinds.values()].reduce(
  (sum, one) => ({
    all: sum.all + one.all,
    found: sum.found + one.found,
    category: sum.category + one.category,
  }),
  { all: 0, found: 0, category: 0 },
);
console.log(
  `all damage     ${total.all} pairs  found ${percent(total.found, total.all)}  right category ${percent(total.category, total.all)}`,
);
times.sort((a, b) => a - b);
console.log(
  `clean pairs ${clean}, false alarms ${alarms}; references unread ${unread}; ${Math.round(times[times.length >> 1] ?? 0)} ms a pair`,
);
