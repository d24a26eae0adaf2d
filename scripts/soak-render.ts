/**
 * Thousands of renders of all languages through one set of warm renderers, 2% of them hostile: each job must
 * have its outcome, each innocent picture the same bytes every time, and at the end nothing may be left over.
 * Exits with 1 on a breach. Linux alone, as it counts processes and files by /proc.
 *
 *   npm run soak:render -- [--jobs 5000]
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Renderer } from '../core/render.ts';
import { inOrder } from '../runtime/in-order.ts';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { markdownRenderer } from '../tools/render/markdown.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';
import { ICON } from './bench-render/engine.ts';
import { processesBelow } from './bench-render/memory.ts';
import { hostileJobs, type Job, jobsOf } from './soak-render/jobs.ts';
import { quarterOf, type State, stateOf, watchMemory } from './soak-render/state.ts';

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '5000' } } });
const total = Number(values.jobs);
/** A job that takes longer hangs: every limit below is far shorter. */
const HANG = 300_000;
/** The first half has everything start that ever will; what the second half adds is a leak. */
const WARM = Math.floor(total / 2);
/** Spare workers and pages come and go; a leak by each hostile job of the second half would be far more. */
const SLACK = { processes: 4, files: 16 };

const home = await mkdtemp(join(tmpdir(), 'verisim-soak-'));
const folder = join(home, 'temporary');
await mkdir(folder);
process.env['TMPDIR'] = folder;

// Generous in wall time: that a busy machine is slow is no breach.
const browser = openBrowser({ timeout: 30_000 });
const renderers: readonly Renderer[] = [
  matplotlibRenderer({
    wallSeconds: 20,
    cpuSeconds: 10,
    addressSpaceBytes: 1024 ** 3,
    outputPixels: 4_000_000,
  }),
  svgRenderer({ timeout: 30_000 }),
  htmlRenderer({ browser }),
  markdownRenderer({ browser }),
];
let breaches = 0;
const outcomes = new Map<string, number>();
const digests = new Map<string, string>();
let ended = 0;

const started = performance.now();
const hostile = await hostileJobs(home);
const memory = watchMemory(() => ended);
const ahead = { concurrency: 2 * availableParallelism(), ahead: 500 };
const jobs: Job[] = [];
for await (const job of jobsOf(total, hostile)) jobs.push(job);
const warming = inOrder(jobs.slice(0, WARM), ahead, work);
for await (const _ of warming);
const before = await atRest();
for await (const _ of inOrder(jobs.slice(WARM), ahead, work));
const after = await atRest();
memory.stop();
await Promise.all(renderers.map((renderer) => renderer.close()));
const left = await settled(async () => (await processesBelow()).length, 0);
const closed = await stateOf(folder);
await rm(home, { recursive: true, force: true });
verdict();

async function work(job: Job): Promise<void> {
  const { name, code, language } = job;
  const renderer = renderers.find((candidate) => candidate.language === language);
  const size = language === 'svg' ? { size: { width: ICON, height: ICON } } : {};
  const outcome = await renderer
    ?.render({ code, ...size, signal: AbortSignal.timeout(HANG) })
    .then((result) => {
      if (result.kind !== 'rendered') return result.outcome;
      if (!job.hostile) compare(name, `${language} ${result.picture.digest}`);
      return 'rendered';
    })
    .catch((error: unknown) => `error (${String(error).slice(0, 200)})`);
  if (outcome === undefined || !job.outcomes.includes(outcome)) {
    breach(`${name}: ${outcome}, not ${job.outcomes.join(' or ')}`);
  }
  const key = `${job.hostile ? 'hostile' : 'innocent'} ${outcome?.replace(/ .*/, '')}`;
  outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  ended += 1;
  if (ended % 500 === 0) console.log(`${ended} of ${total}, ${seconds()} s, ${breaches} breaches`);
}

function breach(what: string): void {
  breaches += 1;
  console.log(`  breach: ${what}`);
}

function compare(name: string, digest: string): void {
  const first = digests.get(name) ?? digest;
  digests.set(name, first);
  if (digest !== first) breach(`${name}: other bytes than before`);
}

/** The state once nothing changes any more: what a job left behind goes a moment after it. */
async function atRest(): Promise<State> {
  await sleep(3000);
  return stateOf(folder);
}

async function settled(count: () => Promise<number>, wanted: number): Promise<number> {
  for (let tries = 0; tries < 50 && (await count()) > wanted; tries += 1) await sleep(100);
  return count();
}

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}

function verdict(): void {
  for (const [outcome, count] of [...outcomes].sort()) console.log(`  ${outcome.padEnd(28)} ${count}`);
  const sum = [...outcomes.values()].reduce((all, count) => all + count, 0);
  const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
  const quarters = [1, 2, 3, 4].map((quarter) => quarterOf(memory.samples, total, quarter));
  const own = [1, 2, 3, 4].map((quarter) => quarterOf(memory.samples, total, quarter, 'own'));
  const [, second = Number.NaN, , last = Number.NaN] = quarters;
  const checks: [string, boolean, string][] = [
    ['every job accounted for', sum === total && ended === total, `${sum} of ${total}`],
    ['every outcome as it must be', breaches === 0, `${breaches} breaches`],
    [
      'no process left',
      after.processes <= before.processes + SLACK.processes,
      `${before.processes} -> ${after.processes}`,
    ],
    ['no file left open', after.files <= before.files + SLACK.files, `${before.files} -> ${after.files}`],
    [
      'no temporary file left',
      after.temporary <= before.temporary,
      `${before.temporary} -> ${after.temporary}`,
    ],
    [
      'nothing after closing',
      left === 0 && closed.temporary === 0,
      `${left} processes, ${closed.temporary} files`,
    ],
    [
      'memory flat',
      Math.abs(last / second - 1) <= 0.1,
      `by quarters ${quarters.map(mib).join(', ')}; this process ${own.map(mib).join(', ')}`,
    ],
  ];
  for (const [name, good, detail] of checks) console.log(`${good ? 'ok    ' : 'BREACH'} ${name}: ${detail}`);
  console.log(`${total} jobs in ${seconds()} s`);
  process.exitCode = checks.every(([, good]) => good) ? 0 : 1;
}
