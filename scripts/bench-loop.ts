/**
 * What the loop costs beside the model and the renders: refines 64 pictures, 16 at a time, against the
 * simulated model (a process of its own, 250 ms to the first byte), then replays the same waits and the same
 * renders without anything of ours between them. Prints wall time over that ideal, and CPU time a round.
 *
 *   npm run bench:loop -- [icon|table|chart]     default: icon, whose cheap renders hide the least
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { z } from 'zod';
import type { RunRecord } from '../core/record.ts';
import { examplesFolder, type KnownPicture, loadKnownPictures } from '../datasets/known.ts';
import { createVerisim } from '../runtime/verisim.ts';

const IMAGES = 64;
const CONCURRENCY = 16;
const LATENCY = 250;

const name = process.argv[2] ?? 'icon';
const known = (await loadKnownPictures(examplesFolder)).find((picture) => picture.name === name);
if (!known) throw new Error(`There is no example "${name}". Use icon, table or chart.`);

const server = fork(new URL('./bench-loop-server.ts', import.meta.url), [String(LATENCY)]);
const [message] = await once(server, 'message');
const { url: baseUrl } = z.object({ url: z.url() }).parse(message);

// The first pass starts processes, fills the simulator's memory and warms the JIT. Then loop and ideal take
// turns, and the better of two passes counts for each: what else the machine does is no cost of the loop.
await refineAll(known);
const loops = [];
const ideals = [];
for (let pass = 0; pass < 2; pass++) {
  const loop = await refineAll(known);
  loops.push(loop);
  ideals.push(await replay(known, loop.records));
}
server.disconnect();
const { records, wall, cpu } = fastest(loops);
const ideal = fastest(ideals);

const rounds = records.flatMap((record) => record.rounds);
const ratio = wall / ideal.wall;
console.log(
  `${IMAGES} times the ${name}, ${CONCURRENCY} at a time, ${LATENCY} ms to a reply, simulated model`,
);
console.log(`rounds             ${rounds.length}`);
console.log(`wall time          ${(wall / 1000).toFixed(2)} s`);
console.log(`ideal              ${(ideal.wall / 1000).toFixed(2)} s (the same waits and renders alone)`);
console.log(`wall over ideal    ${ratio.toFixed(3)} (aim: at most 1.10)`);
console.log(`CPU a round        ${(cpu / rounds.length).toFixed(1)} ms in this process, renders included`);
console.log(`  renders alone    ${(ideal.cpu / rounds.length).toFixed(1)} ms`);

function fastest<T extends Measured>(passes: readonly T[]): T {
  return passes.reduce((best, pass) => (pass.wall < best.wall ? pass : best));
}

interface Measured {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of this process, user and system. */
  readonly cpu: number;
}

async function measured<T>(work: (index: number) => Promise<T>): Promise<Measured & { results: T[] }> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const before = process.cpuUsage();
  const start = performance.now();
  const results = await Promise.all(
    Array.from({ length: IMAGES }, (_, index) => queue.add(() => work(index))),
  );
  const { user, system } = process.cpuUsage(before);
  return { results, wall: performance.now() - start, cpu: (user + system) / 1000 };
}

async function refineAll({ picture, task }: KnownPicture): Promise<Measured & { records: RunRecord[] }> {
  const simulated = (role: string) => ({ name: `openai:simulated-${role}`, baseUrl, apiKeyEnv: null });
  await using verisim = createVerisim({
    generator: 'generator',
    critic: 'critic',
    cache: 'off',
    models: { generator: simulated('generator'), critic: simulated('critic') },
  });
  const { results, wall, cpu } = await measured((index) =>
    verisim.refine(picture, {
      task: task.name,
      // Another wording a run, so that the simulated model draws anew.
      instructions: `This is picture ${index}.`,
    }),
  );
  const failed = results.find(({ error }) => error !== undefined);
  if (failed) throw failed.error;
  return { records: results.map(({ record }) => record), wall, cpu };
}

/** The waits and renders of these runs, and nothing else. */
async function replay({ picture, task }: KnownPicture, records: readonly RunRecord[]): Promise<Measured> {
  // Each render counts, as the same code comes in many of these runs.
  await using verisim = createVerisim({ cache: 'off' });
  const first = records[0]?.rounds[0]?.code ?? '';
  await verisim.render(first, { task: task.name, size: picture });
  return await measured(async (index) => {
    for (const { code, usage } of records[index]?.rounds ?? []) {
      for (let call = 0; call < usage.generator.calls; call++) await sleep(LATENCY);
      await verisim.render(code, { task: task.name, size: picture });
      for (let call = 0; call < usage.critic.calls; call++) await sleep(LATENCY);
    }
  });
}
