/**
 * Many pictures through the whole of a batch: runs.jsonl, call cache, folders, reports. The model is simulated in this
 * process (a wait, then the same icon), so that what is measured is ours. Prints wall time over the ideal (the waits
 * alone, shared out over the places) and how memory goes.
 *
 *   npm run soak:batch -- [pictures] [concurrency]     default: 5000 64
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

const LATENCY = 50;
const [pictures = 5000, concurrency = 64] = process.argv.slice(2).map(Number);

const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const code = await readFile(join(examples, 'icon.svg'), 'utf8');
const folder = await mkdtemp(join(tmpdir(), 'verisim-soak-'));
const image = join(examples, 'icon.png');
const usage = { ...noUsage, calls: 1, inputTokens: 1000, outputTokens: 300 };
const MIB = 1024 * 1024;

function* items(): Generator<BatchItem> {
  for (let index = 0; index < pictures; index += 1) yield { image, run: `icon-${index}`, task: 'svg' };
}

const memory: number[] = [];
let done = 0;
let calls = 0;
try {
  await using verisim = createVerisim();
  await using store = await openBatchStore(folder, { settings: {} });
  const start = performance.now();
  const cpu = process.cpuUsage();
  await refineBatch(verisim, items(), {
    concurrency,
    store,
    options: {
      generator: {
        name: 'simulated',
        source: 'simulated',
        async generate() {
          calls += 1;
          await sleep(LATENCY);
          return { code, reply: code, usage };
        },
      },
      critic: {
        name: 'simulated',
        source: 'simulated',
        async critique() {
          calls += 1;
          await sleep(LATENCY);
          return critiqueOf({ critic: 'simulated', discrepancies: [], usage });
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
  const ideal = (LATENCY * calls) / concurrency;
  console.log(`${done} times the icon, ${concurrency} at a time, ${LATENCY} ms to a reply, simulated model`);
  console.log(`wall time          ${(wall / 1000).toFixed(2)} s`);
  console.log(`ideal              ${(ideal / 1000).toFixed(2)} s (the waits alone)`);
  console.log(`wall over ideal    ${(wall / ideal).toFixed(2)}`);
  console.log(`CPU a picture      ${((user + system) / 1000 / done).toFixed(1)} ms`);
  console.log(`memory by tenths   ${memory.map((mib) => mib.toFixed(0)).join(', ')} MiB resident`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
