/**
 * Our renderers against the published pipelines (reference.md, section 4) on one corpus: throughput, latency,
 * memory; for charts also against drawing and encoding alone, and what the sandbox costs.
 *
 *   npm run bench:render -- [charts|tables|icons …] [--passes 5]
 *
 * The machine may be busy with other things: engines take turns, ratios are medians over passes, with their
 * spread, and processor time stands beside wall time.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { markdownRenderer } from '../tools/render/markdown.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';
import { baseline } from './bench-render/baseline.ts';
import { corpusOf, type Item, type Kind } from './bench-render/corpus.ts';
import { type Engine, engineOf } from './bench-render/engine.ts';
import { type Measured, measure, quantile, ratioOf, run } from './bench-render/measure.ts';
import { peakMemory } from './bench-render/memory.ts';
import { physicalLimit } from './bench-render/physical.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { passes: { type: 'string', default: '5' } },
});
const kinds: readonly Kind[] = ['charts', 'tables', 'icons'];
const chosen = kinds.filter((kind) => positionals.length === 0 || positionals.includes(kind));
const passes = Number(values.passes);
const cores = availableParallelism();
/** The baseline takes most of the time; its passes are the first ones. */
const BASELINE_PASSES = 2;

console.log(`${cores} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, ${passes} passes`);
for (const kind of chosen) await bench(kind);

async function bench(kind: Kind): Promise<void> {
  const items = await corpusOf(kind);
  const simple = items.filter((item) => item.simple);
  for (const concurrency of cores > 1 ? [1, cores] : [1]) {
    const engines = await open(kind);
    if (!engines.some(({ name }) => name === 'baseline')) {
      console.log(`\n${kind}: no baseline, as CairoSVG is missing (apt-get install python3-cairosvg)`);
    }
    await report(`${items.length} ${kind}`, kind, engines, items, concurrency);
    if (kind === 'charts') await report(`${simple.length} simple charts`, kind, engines, simple, concurrency);
    await Promise.all(engines.map((engine) => engine.close()));
  }
  console.log(`\n${kind}, peak memory of all processes started, ${cores} at a time`);
  for (const make of await makers(kind)) {
    const engine = await make();
    if (!engine) continue;
    const peak = await peakMemory(() => run(engine, items, cores));
    console.log(`  ${engine.name.padEnd(16)} ${(peak / 1024 / 1024).toFixed(0).padStart(6)} MiB`);
    await engine.close();
  }
}

async function open(kind: Kind): Promise<Engine[]> {
  const engines = await Promise.all((await makers(kind)).map((make) => make()));
  return engines.filter((engine) => engine !== undefined);
}

async function makers(kind: Kind): Promise<(() => Promise<Engine | undefined>)[]> {
  const base = () => baseline(kind);
  if (kind === 'icons') return [async () => engineOf('verisim', [svgRenderer()]), base];
  if (kind === 'tables') {
    return [
      async () => {
        const browser = openBrowser();
        return engineOf('verisim', [htmlRenderer({ browser }), markdownRenderer({ browser })]);
      },
      base,
    ];
  }
  return [
    async () => engineOf('verisim', [matplotlibRenderer()]),
    // A bubblewrap that does not exist, and leave to do without.
    async () =>
      engineOf('unsandboxed', [matplotlibRenderer({ bubblewrap: '/nonexistent', allowUnsandboxed: true })]),
    () => physicalLimit(cores),
    base,
  ];
}

async function report(
  title: string,
  kind: Kind,
  engines: readonly Engine[],
  items: readonly Item[],
  concurrency: number,
): Promise<void> {
  const passesOf = ({ name }: Engine) => (name === 'baseline' ? Math.min(passes, BASELINE_PASSES) : passes);
  const results = await measure(engines, items, { concurrency, passes, passesOf });
  console.log(`\n${title}, ${concurrency === 1 ? 'one at a time' : `${concurrency} at a time`}`);
  console.log(
    `  ${''.padEnd(16)} ${'a second'.padStart(9)} ${'p50 ms'.padStart(8)} ${'p95 ms'.padStart(8)} ${'CPU ms'.padStart(8)}`,
  );
  const named = new Map<string, Measured>();
  for (const [{ name }, measured] of results) {
    named.set(name, measured);
    const perSecond = (items.length / quantile(measured.walls, 0.5)) * 1000;
    const [p50, p95] = [0.5, 0.95].map((share) => quantile(measured.latencies, share).toFixed(1).padStart(8));
    const cpu = (quantile(measured.cpus, 0.5) / items.length).toFixed(1).padStart(8);
    console.log(`  ${name.padEnd(16)} ${perSecond.toFixed(1).padStart(9)} ${p50} ${p95} ${cpu}`);
  }
  const ours = named.get('verisim');
  const aims = { charts: 5, tables: 8, icons: 25 };
  const aim = kind === 'charts' && !title.includes('simple') ? undefined : aims[kind];
  const compare = (what: string, slow?: Measured, fast?: Measured, wish?: string) => {
    if (!slow || !fast) return;
    say(`${what}, wall time`, ratioOf(slow.walls, fast.walls), wish);
    say(`${what}, processor time`, ratioOf(slow.cpus, fast.cpus), wish);
  };
  compare('baseline / ours', named.get('baseline'), ours, aim === undefined ? undefined : `at least ${aim}`);
  compare('ours / physical limit', ours, named.get('physical limit'), 'at most 1.25');
  compare('ours / unsandboxed', ours, named.get('unsandboxed'), 'below 1.10');
}

function say(what: string, ratio: ReturnType<typeof ratioOf>, aim: string | undefined): void {
  const [median, least, most] = [ratio.median, ratio.least, ratio.most].map((value) => value.toFixed(2));
  console.log(`  ${what.padEnd(38)} ${median} (${least} to ${most})${aim ? `, aim: ${aim}` : ''}`);
}
