import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPython } from '../../tools/render/matplotlib/python.ts';
import type { Engine } from './engine.ts';

const charts = join(import.meta.dirname, '../../test/fixtures/render-corpus/charts');

/** As many warm processes as may work at once, each executing scripts in itself: no isolation, no fork. */
export async function physicalLimit(processes: number): Promise<Engine> {
  const { executable } = await findPython();
  const idle = await Promise.all(Array.from({ length: processes }, () => start(executable)));
  const all = [...idle];
  return {
    name: 'physical limit',
    async render({ name }) {
      const one = idle.pop();
      if (!one) throw new Error('More jobs at once than processes.');
      await one.ask(join(charts, `${name}.py`));
      idle.push(one);
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

async function start(python: string) {
  const child = spawn(python, ['-B', join(import.meta.dirname, 'physical.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { MPLBACKEND: 'Agg', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONHASHSEED: '0' },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async () => {
    if ((await lines.next()).done)
      throw new Error('The physical limit cannot be measured: its process ended.');
  };
  await answer();
  return {
    async ask(path: string) {
      child.stdin.write(`${path}\n`);
      await answer();
    },
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
