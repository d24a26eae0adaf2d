import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import type { RenderResult } from '../../../../core/render.ts';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { children, descendants } from '../../../conformance/descendants.ts';
import { failed, rendered } from '../../../conformance/renderer.ts';

const bar = (height: number) => `import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1)).add_axes([0, 0, 1, 1]).bar([0, 1], [1, ${height}])
plt.show()`;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const digestOf = (result: RenderResult) => rendered(result).picture.digest;

/** Whether a program runs: below the two processes of bubblewrap and the worker, and for a tenth of a second. */
async function isRunning(): Promise<boolean> {
  const [, , , program] = await descendants();
  const stat = await readFile(`/proc/${program}/stat`, 'utf8').catch(() => '');
  return Number(stat.split(' ')[13]) > 10;
}

describe('a worker that is killed', () => {
  const renderer = matplotlibRenderer({ workers: 2 });
  afterAll(() => renderer.close());

  it('is replaced, and each of 40 programs ends with its own picture or a named failure', async () => {
    const heights = Array.from({ length: 40 }, (_, index) => 1 + (index % 10));
    const expected = new Map<number, string>();
    for (const height of new Set(heights)) {
      expected.set(height, digestOf(await renderer.render({ code: bar(height) })));
    }
    const jobs = Promise.all(heights.map((height) => renderer.render({ code: bar(height) })));
    for (let round = 0; round < 3; round += 1) {
      await pause(150);
      const victims = round === 1 ? await descendants() : await children();
      for (const pid of victims.slice(0, 3)) process.kill(pid, 'SIGKILL');
    }
    for (const [index, result] of (await jobs).entries()) {
      if (result.kind === 'rendered') {
        expect(result.picture.digest).toBe(expected.get(heights[index] ?? 0));
      } else {
        expect(failed(result).message).toMatch(/brought down|killed/);
      }
    }
    expect(digestOf(await renderer.render({ code: bar(1) }))).toBe(expected.get(1));
  });

  it('between two programs costs the next one nothing', async () => {
    await renderer.render({ code: bar(1) });
    for (const pid of await children()) process.kill(pid, 'SIGKILL');
    await pause(50);
    rendered(await renderer.render({ code: bar(2) }));
  });
});

describe('a program that brings down its worker each time', () => {
  it('is tried twice and then named', async () => {
    const renderer = matplotlibRenderer({ workers: 1 });
    try {
      const result = renderer.render({ code: 'while True: pass' });
      for (const _ of ['first try', 'second try']) {
        while (!(await isRunning())) await pause(20);
        const [worker] = await children();
        if (worker !== undefined) process.kill(worker, 'SIGKILL');
        await pause(100);
      }
      expect(failed(await result).message).toMatch(/brought down.*twice/);
      rendered(await renderer.render({ code: bar(1) }));
    } finally {
      await renderer.close();
    }
  });
});

describe('a signal', () => {
  it('ends a waiting program at once, and only that one', async () => {
    const renderer = matplotlibRenderer({ workers: 1, wallSeconds: 3 });
    try {
      const endless = renderer.render({ code: 'while True: pass' });
      const abort = new AbortController();
      const waiting = renderer.render({ code: bar(1), signal: abort.signal });
      const after = renderer.render({ code: bar(2) });
      abort.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
      expect(failed(await endless).outcome).toBe('timeout');
      rendered(await after);
    } finally {
      await renderer.close();
    }
  });

  it('many times in a row leaves nothing behind', async () => {
    const renderer = matplotlibRenderer({ workers: 2 });
    try {
      const expected = digestOf(await renderer.render({ code: bar(3) }));
      const jobs = Array.from({ length: 20 }, async (_, index) => {
        const signal = AbortSignal.timeout(index * 20);
        return renderer.render({ code: `${bar(3)}\nwhile True: pass`, signal }).catch(() => 'aborted');
      });
      expect(new Set(await Promise.all(jobs))).toEqual(new Set(['aborted']));
      expect(digestOf(await renderer.render({ code: bar(3) }))).toBe(expected);
    } finally {
      await renderer.close();
    }
  });
});

describe('a closed renderer', () => {
  it('refuses, and ends what waits', async () => {
    const renderer = matplotlibRenderer({ workers: 1 });
    const jobs = [bar(1), bar(2)].map((code) => renderer.render({ code }).catch((error: unknown) => error));
    await renderer.close();
    for (const error of await Promise.all(jobs)) expect(String(error)).toMatch(/RenderError.*closed/);
    await expect(renderer.render({ code: bar(1) })).rejects.toThrow('closed');
  });
});

describe('the process that renders', () => {
  const program = (rest: string) => `
import { matplotlibRenderer } from ${JSON.stringify(join(process.cwd(), 'tools/render/matplotlib.ts'))};
const renderer = matplotlibRenderer({ workers: 1 });
await renderer.render({ code: 'pass' });
${rest}`;
  const start = (rest: string) =>
    execa(process.execPath, ['--input-type=module', '-e', program(rest)], { reject: false, timeout: 30_000 });

  it('can end by itself once the renderer is closed', async () => {
    expect(await start('await renderer.close();')).toMatchObject({ exitCode: 0 });
  });

  it('takes all workers and programs with it when it is killed', async () => {
    const running = start("renderer.render({ code: 'while True: pass' }); console.log('started');");
    await new Promise((resolve) => running.stdout.once('data', resolve));
    let started = await descendants(running.pid);
    // bubblewrap twice, the worker, the program.
    while (started.length < 4) started = await descendants(running.pid);
    running.kill('SIGKILL');
    await running;
    while (started.some((pid) => existsSync(`/proc/${pid}`))) await pause(20);
  });
});
