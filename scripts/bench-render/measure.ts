import PQueue from 'p-queue';
import type { Item } from './corpus.ts';
import { cpuTime } from './cpu.ts';
import type { Engine } from './engine.ts';

export interface Measured {
  /** Milliseconds of wall time for the corpus, one a pass. */
  readonly walls: number[];
  /** Milliseconds of processor time for the corpus, this process and all below it, one a pass. */
  readonly cpus: number[];
  /** Milliseconds from the moment a job begins to its picture, all passes. */
  readonly latencies: number[];
}

/** Items that one engine renders before the next has its turn. */
const TURN = 20;

/**
 * Has the engines render the corpus in turns of some items each, in another order each time, so that what else
 * the machine does falls on all of them alike. One that is slow may be left out of most passes.
 */
export async function measure(
  engines: readonly Engine[],
  items: readonly Item[],
  {
    concurrency,
    passes,
    passesOf,
  }: { concurrency: number; passes: number; passesOf: (engine: Engine) => number },
): Promise<Map<Engine, Measured>> {
  const results = new Map(
    engines.map((engine) => [engine, { walls: [], cpus: [], latencies: [] } as Measured]),
  );
  for (const engine of engines) await run(engine, items.slice(0, 2 * concurrency), concurrency);
  for (let pass = 0; pass < passes; pass += 1) {
    const taking = engines.filter((engine) => pass < passesOf(engine));
    const sums = new Map(taking.map((engine) => [engine, { wall: 0, cpu: 0 }]));
    for (let from = 0, turn = pass; from < items.length; from += TURN, turn += 1) {
      const order = taking.map((_, index) => taking[(index + turn) % taking.length]);
      for (const engine of order) {
        const sum = engine && sums.get(engine);
        if (!sum) continue;
        const { wall, cpu, latencies } = await run(engine, items.slice(from, from + TURN), concurrency);
        sum.wall += wall;
        sum.cpu += cpu;
        results.get(engine)?.latencies.push(...latencies);
      }
    }
    for (const [engine, { wall, cpu }] of sums) {
      results.get(engine)?.walls.push(wall);
      results.get(engine)?.cpus.push(cpu);
    }
  }
  return results;
}

export async function run(engine: Engine, items: readonly Item[], concurrency: number) {
  const queue = new PQueue({ concurrency });
  const latencies: number[] = [];
  const before = await cpuTime();
  const started = performance.now();
  await queue.addAll(
    items.map((item) => async () => {
      const began = performance.now();
      await engine.render(item);
      latencies.push(performance.now() - began);
    }),
  );
  const wall = performance.now() - started;
  return { wall, cpu: (await cpuTime()) - before, latencies };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** How often `fast` fits into `slow`, pass by pass: the median, the least and the most. */
export function ratioOf(slow: readonly number[] = [], fast: readonly number[] = []) {
  const ratios = slow.map((value, pass) => value / (fast[pass] ?? Number.NaN));
  return { median: quantile(ratios, 0.5), least: quantile(ratios, 0), most: quantile(ratios, 1) };
}
