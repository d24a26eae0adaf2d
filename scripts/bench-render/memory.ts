import { readdir, readFile } from 'node:fs/promises';

/** Proportional set size, bytes, of all processes below one: pages that several share count once in all (Linux). */
export async function memoryBelow(root: number = process.pid): Promise<number> {
  const sizes = (await processesBelow(root)).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Process ids of all living descendants (Linux). */
export async function processesBelow(root: number = process.pid): Promise<number[]> {
  const parents = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === undefined || state === 'Z' || parent === undefined) continue;
    parents.set(Number(parent), [...(parents.get(Number(parent)) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] =>
    (parents.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

/** The most memory, bytes, that the processes below this one had while the work went on. */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  let going = true;
  const watch = (async () => {
    while (going) {
      peak = Math.max(peak, await memoryBelow());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  await work().finally(() => {
    going = false;
  });
  await watch;
  return peak;
}
