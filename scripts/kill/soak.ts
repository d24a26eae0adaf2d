import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import cacache from 'cacache';
import { execa } from 'execa';
import sharp from 'sharp';
import { seeded } from '../../bench/embedded/random.ts';
import { examplesFolder, loadKnownPictures } from '../../datasets/known.ts';
import { readRunLog } from '../../runtime/batch-log.ts';
import { startSimulator } from '../../server/simulate/start.ts';
import { svgRenderer } from '../../tools/render/svg.ts';
import { type CountingProxy, countingProxy } from './proxy.ts';
import { timeless } from './timeless.ts';

export interface SoakOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly pictures: number;
  readonly kills: number;
  readonly concurrency: number;
  /** Of the moments of the kills. */
  readonly seed: number;
}

export interface SoakResult {
  /** Calls that a batch takes which nobody kills. */
  readonly calls: number;
  /** Calls that the server saw of the batch that was killed. */
  readonly seen: number;
  /** Calls among them that came again, though they had been answered. */
  readonly twice: number;
  /** SIGKILLs that hit a batch at work; a start that had nothing left to do is none. */
  readonly killed: number;
  /** Runs whose record, code or pictures differ from those of the batch that nobody killed. */
  readonly different: readonly string[];
  readonly runs: number;
}

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/**
 * Refines many pictures twice: once in peace, and once killed with SIGKILL at random moments and started again. A call in
 * flight at a kill is lost with whatever the server says; so that a call that comes twice can only be a fault of ours, the
 * kill waits until the calls that were let through are answered and kept, while everything else goes on.
 */
export async function soakKill({
  folder,
  pictures,
  kills,
  concurrency,
  seed,
}: SoakOptions): Promise<SoakResult> {
  const icons = join(folder, 'icons');
  await drawIcons(icons, pictures);
  const renderer = svgRenderer({ workers: 1 });
  const known = (await loadKnownPictures(examplesFolder)).filter(({ name }) => name === 'icon');
  await using simulator = await startSimulator(
    { mend: 0.7, latency: 20 },
    { pictures: known, renderers: [renderer] },
  );
  try {
    const start = (out: string, url: string) =>
      execa(
        process.execPath,
        [
          ...[main, 'refine', icons, '--task', 'svg', '--out', out, '--concurrency', String(concurrency)],
          ...['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'],
        ],
        { reject: false, env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: 'none' } },
      );
    await using calm = await countingProxy(simulator.url);
    const [whole, torn] = [join(folder, 'whole'), join(folder, 'torn')];
    await succeed(start(whole, calm.url));

    await using proxy = await countingProxy(simulator.url);
    const random = seeded(seed);
    let killed = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const batch = start(torn, proxy.url);
      let ended = false;
      const end = batch.then(() => {
        ended = true;
      });
      // Spread over the whole batch, whatever the speed of this machine.
      const until = proxy.seen.length + 1 + Math.floor((random.next() * 2 * calm.seen.length) / kills);
      while (!ended && proxy.seen.length < until) await sleep(2);
      proxy.shut();
      await settled(proxy, join(torn, '.verisim', 'calls'), () => ended);
      await sleep(random.next() * 60);
      if (!ended) killed += 1;
      batch.kill('SIGKILL');
      await end;
      proxy.reopen();
    }
    await succeed(start(torn, proxy.url));
    const [expected, results] = [await resultsIn(whole), await resultsIn(torn)];
    return {
      calls: calm.seen.length,
      seen: proxy.seen.length,
      twice: more(proxy.seen, calm.seen),
      killed,
      different: [...expected.keys()].filter(
        (run) => !isDeepStrictEqual(expected.get(run), results.get(run)),
      ),
      runs: results.size,
    };
  } finally {
    await renderer.close();
  }
}

/** Waits until every call that was let through is answered, and its reply is in the call cache. */
async function settled(proxy: CountingProxy, calls: string, ended: () => boolean): Promise<void> {
  const kept = async () => Object.keys(await cacache.ls(calls).catch(() => ({}))).length;
  while (!ended() && (proxy.answered() < proxy.seen.length || (await kept()) < proxy.seen.length))
    await sleep(5);
}

/** How many of the calls came more often than in peace. */
function more(calls: readonly string[], inPeace: readonly string[]): number {
  const before = Map.groupBy(inPeace, (call) => call);
  return [...Map.groupBy(calls, (call) => call)].reduce(
    (sum, [call, list]) => sum + Math.max(0, list.length - (before.get(call)?.length ?? 0)),
    0,
  );
}

async function succeed(
  batch: PromiseLike<{ exitCode?: number | undefined; stderr?: unknown }>,
): Promise<void> {
  const { exitCode, stderr } = await batch;
  if (exitCode !== 0) throw new Error(`the batch ended ${exitCode}: ${String(stderr)}`);
}

/** Pictures that look like the example icon and yet are all different. */
async function drawIcons(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const background = { r: (37 * index) % 256, g: (91 * index) % 256, b: (17 * index) % 256 };
    const dot = await sharp({ create: { width: 6, height: 6, channels: 3, background } })
      .png()
      .toBuffer();
    await sharp(join(examplesFolder, 'icon.png'))
      .composite([{ input: dot, left: 0, top: 0 }])
      .png()
      .toFile(join(folder, `icon-${String(index).padStart(3, '0')}.png`));
  }
}

async function resultsIn(out: string): Promise<Map<string, unknown>> {
  const runs = new Set<string>();
  await readRunLog(join(out, 'runs.jsonl'), ({ run }) => runs.add(run));
  const results = new Map<string, unknown>();
  for (const run of runs) {
    const record = timeless(JSON.parse(await readFile(join(out, run, 'run.json'), 'utf8')));
    const code = await readFile(join(out, run, 'final.svg'), 'utf8');
    results.set(run, { record, code, picture: await readFile(join(out, run, 'final.png')) });
  }
  return results;
}
