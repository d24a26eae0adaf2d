/**
 * Many pictures through the whole of a batch: runs.jsonl, folders, records. The models are simulated in this process (a
 * wait, then a draft of the icon whose severity falls by one a round), so that what is measured is ours. Prints wall
 * time over the ideal (the waits alone, shared out over the places) and how memory goes.
 *
 *   npm run soak:batch -- [pictures] [concurrency] [revisions]     default: 5000 64 3
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { critiqueOf } from '../core/critique.ts';
import { noUsage } from '../core/usage.ts';
import { refineBatch } from '../runtime/batch.ts';
import type { BatchItem } from '../runtime/batch-items.ts';
import { openBatchStore } from '../runtime/batch-store.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { pictureSize } from '../tools/image/size.ts';

const LATENCY = 50;
const [pictures = 5000, concurrency = 64, revisions = 3] = process.argv.slice(2).map(Number);

const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const icon = await readFile(join(examples, 'icon.svg'), 'utf8');
const folder = await mkdtemp(join(tmpdir(), 'verisim-soak-'));
const image = join(examples, 'icon.png');
const usage = { ...noUsage, calls: 1, inputTokens: 1000, outputTokens: 300 };
const MIB = 1024 * 1024;

/** The same few drafts for every picture, so that they are drawn once: drawing is not what is measured. */
const draft = (left: number) => icon.replace('</svg>', `<rect width="${8 * left}" height="8"/></svg>`);
const leftIn = (code: string) => Number(/<rect width="(\d+)" height="8"\/><\/svg>/.exec(code)?.[1] ?? 0) / 8;
const faults = new Map<string, number>();

function* items(): Generator<BatchItem> {
  for (let index = 0; index < pictures; index += 1) yield { image, run: `icon-${index}`, task: 'svg' };
}

const memory: number[] = [];
let done = 0;
let calls = 0;
try {
  await using verisim = createVerisim();
  const size = await pictureSize(image);
  for (let left = 0; left <= revisions; left += 1) {
    const render = await verisim.render(draft(left), { task: 'svg', size });
    if (render.kind === 'rendered') faults.set(render.picture.digest, left);
  }
  await using store = await openBatchStore(folder, { settings: {} });
  const start = performance.now();
  const cpu = process.cpuUsage();
  const thread = process.threadCpuUsage();
  await refineBatch(verisim, items(), {
    concurrency,
    store,
    options: {
      rounds: revisions,
      generator: {
        name: 'simulated',
        source: 'simulated',
        async generate({ previous }) {
          calls += 1;
          await sleep(LATENCY);
          const code = draft(previous ? leftIn(previous.code) - 1 : revisions);
          return { code, reply: code, usage };
        },
      },
      critic: {
        name: 'simulated',
        source: 'simulated',
        async critique({ candidate }) {
          calls += 1;
          await sleep(LATENCY);
          const fault = {
            category: 'shape_error',
            severity: 1 as const,
            location: '',
            description: 'a square',
          };
          const discrepancies = Array.from({ length: faults.get(candidate.digest) ?? 0 }, () => fault);
          return critiqueOf({ critic: 'simulated', discrepancies, usage });
        },
      },
    },
    onDone(outcome) {
      if (outcome.kind !== 'finished') throw new Error(`${outcome.item.run} ended ${outcome.kind}`);
      done += 1;
      if (done % Math.ceil(pictures / 10) === 0) memory.push(process.memoryUsage().rss / MIB);
    },
  });
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const own = process.threadCpuUsage(thread);
  const ideal = (LATENCY * calls) / concurrency;
  console.log(
    `${done} times the icon, ${(calls / done).toFixed(1)} calls each, ${concurrency} at a time, ${LATENCY} ms to a reply, simulated models`,
  );
  console.log(`wall time          ${(wall / 1000).toFixed(2)} s`);
  console.log(`ideal              ${(ideal / 1000).toFixed(2)} s (the waits alone)`);
  console.log(`wall over ideal    ${(wall / ideal).toFixed(2)}`);
  console.log(`CPU a picture      ${((user + system) / 1000 / done).toFixed(1)} ms`);
  console.log(
    `of its main thread ${((own.user + own.system) / 1000 / done).toFixed(1)} ms, of the ${(ideal / done).toFixed(2)} ms that a picture has at the ideal pace`,
  );
  console.log(`memory by tenths   ${memory.map((mib) => mib.toFixed(0)).join(', ')} MiB resident`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
