/**
 * The service under load. The reward endpoint, 64 in flight, a scripted critic of 100 ms, every chart really drawn:
 * rewards a second beside what the renderer alone does on this machine, latency, memory of the service. Then the chat
 * endpoint: what it adds to the loop itself, both with a scripted model of 100 ms.
 *
 *   npm run bench:serve -- [--requests 400] [--chats 40] [--kind charts]
 *
 * `--kind icons --requests 20000` tells of memory over time in minutes, where charts would take an hour.
 *
 * The models are scripted: nothing here measures any model.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import PQueue from 'p-queue';
import { z } from 'zod';
import { createVerisim } from '../runtime/verisim.ts';
import { corpusOf } from './bench-render/corpus.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '400' },
    chats: { type: 'string', default: '40' },
    kind: { type: 'string', default: 'charts' },
  },
});
const kind = z.enum(['charts', 'icons']).parse(values.kind);
const task = kind === 'charts' ? 'chart' : 'svg';
const requests = Number(values.requests);
const chats = Number(values.chats);
const IN_FLIGHT = 64;
const LATENCY = 100;
const cores = availableParallelism();
const Reply = z.object({ item: z.object({ kind: z.string() }) });

const folder = await mkdtemp(join(tmpdir(), 'verisim-bench-'));
const models = fork(new URL('./bench-serve/model.ts', import.meta.url), [String(LATENCY)]);
const [message] = await once(models, 'message');
const { url: baseUrl } = z.object({ url: z.url() }).parse(message);
const config = {
  models: { scripted: { name: 'openai:scripted', baseUrl, apiKeyEnv: null, concurrency: 256 } },
  generator: 'scripted',
  critic: 'scripted',
  strategy: 'direct' as const,
  // Each request is to draw, although the corpus comes again and again.
  cache: 'off',
};
await writeFile(join(folder, 'verisim.config.json'), JSON.stringify(config));
const main = new URL('../cli/main.ts', import.meta.url).pathname;
const service = execa(process.execPath, [main, 'serve', '--port', '0', '--log-level', 'silent'], {
  cwd: folder,
  buffer: false,
  stderr: 'inherit',
  reject: false,
});
const [line] = await once(service.stdout, 'data');
const url = String(line).trim();

try {
  await benchRewards();
  await benchChat();
} finally {
  service.kill('SIGTERM');
  await service;
  models.disconnect();
  await rm(folder, { recursive: true, force: true });
}

async function benchRewards(): Promise<void> {
  const items = await corpusOf(kind);
  await using verisim = createVerisim(config);
  const render = async (index: number) => {
    const item = items[index % items.length];
    if (item) await verisim.render(item.code, { task });
  };
  const reference = await dataUrl(kind === 'charts' ? 'chart' : 'icon');
  const outcomes = new Map<string, number>();
  const reward = async (index: number) => {
    const response = await post('/v1/reward', {
      task,
      reference,
      code: items[index % items.length]?.code ?? '',
    });
    const outcome = response.ok ? Reply.parse(await response.json()).item.kind : `status ${response.status}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  await timed(2 * cores, cores, render);
  await timed(IN_FLIGHT, IN_FLIGHT, reward);
  const before = await timed(Math.min(Math.ceil(requests / 2), 200), cores, render);
  const memory = [await residentMemory()];
  // What warmed up is not counted.
  outcomes.clear();
  const step = Math.ceil(requests / Math.max(4, Math.min(20, Math.floor(requests / 1000))));
  let done = 0;
  const { each: latencies, rate } = await timed(requests, IN_FLIGHT, async (index) => {
    await reward(index);
    done += 1;
    if (done % step === 0) memory.push(await residentMemory());
  });
  const after = await timed(Math.min(Math.ceil(requests / 2), 200), cores, render);
  // The machine may have been slower before or after: the mean of both is what the service is held against.
  const alone = (before.rate + after.rate) / 2;
  console.log(
    `${latencies.length} rewards of ${kind}, ${IN_FLIGHT} in flight, critic ${LATENCY} ms, ${cores} cores`,
  );
  console.log(`rewards a second      ${rate.toFixed(1)}`);
  console.log(`renders alone         ${before.rate.toFixed(1)} before, ${after.rate.toFixed(1)} after`);
  console.log(`rewards over renders  ${(rate / alone).toFixed(2)} (aim: at least 0.90)`);
  console.log(
    `latency               p50 ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms`,
  );
  console.log(`memory of the service ${memory.map((bytes) => Math.round(bytes / 2 ** 20)).join(' -> ')} MiB`);
  console.log(
    `what became of them   ${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`,
  );
}

async function benchChat(): Promise<void> {
  const image = await dataUrl('icon');
  const png = Buffer.from(image.slice(image.indexOf(',') + 1), 'base64');
  await using verisim = createVerisim(config);
  const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: image } }] }];
  const chat = async () => {
    const response = await post('/v1/chat/completions', { model: 'verisim/svg', messages });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`The chat endpoint answered ${response.status}.`);
  };
  const loop = async () => void (await verisim.refine(png, { task: 'svg' }));
  for (const work of [chat, loop]) await timed(10, 1, work);
  const [chatting, looping]: [number[], number[]] = [[], []];
  // In turns, so that what else the machine does falls on both.
  for (let turn = 0; turn < chats; turn += 1) {
    chatting.push(...(await timed(1, 1, chat)).each);
    looping.push(...(await timed(1, 1, loop)).each);
  }
  const [over, within] = [quantile(chatting, 0.5), quantile(looping, 0.5)];
  console.log(`\n${chats} chats, one at a time, model ${LATENCY} ms`);
  console.log(`chat p50              ${over} ms`);
  console.log(`loop p50              ${within} ms`);
  console.log(`added                 ${(over - within).toFixed(1)} ms (aim: at most 15)`);
}

async function timed(count: number, concurrency: number, work: (index: number) => Promise<void>) {
  const queue = new PQueue({ concurrency });
  const each: number[] = [];
  const started = performance.now();
  const jobs = Array.from({ length: count }, (_, index) => async () => {
    const began = performance.now();
    await work(index);
    each.push(performance.now() - began);
  });
  await queue.addAll(jobs);
  const wall = performance.now() - started;
  return { wall, each, rate: (count * 1000) / wall };
}

function post(path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function residentMemory(): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}

async function dataUrl(example: string): Promise<string> {
  const png = await readFile(new URL(`../examples/${example}.png`, import.meta.url));
  return `data:image/png;base64,${png.toString('base64')}`;
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0).toFixed(1));
}
