import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../core/record.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { examples, simulatorOf } from '../support/simulator.ts';

/** Ids of all processes whose chain of parents leads to `root`. */
async function descendants(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent) parents.set(Number(pid), Number(parent));
  }
  const family = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (family.has(parent) && !family.has(pid)) grown = Boolean(family.add(pid));
    }
  }
  family.delete(root);
  return [...family];
}

/** Whether a process is there and not merely waiting for its parent to hear of its end. */
async function lives(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

describe.skipIf(process.platform !== 'linux')('Ctrl-C during a round', () => {
  it('ends with 130 at once, keeps the rounds done, leaves no child', async () => {
    // The first generation and critique pass; the second generation hangs.
    const simulator = await simulatorOf('chart', { mend: 0, script: ['ok', 'ok', 'hang'] });
    const cwd = await emptyFolder();
    const cli = verisim(
      [
        'refine',
        join(examples, 'chart.png'),
        ...['--task', 'chart', '--out', 'out'],
        ...['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'],
      ],
      { cwd, env: { OPENAI_BASE_URL: simulator.url } },
    );
    let said = '';
    cli.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    while (!said.includes('round 0') || simulator.requests.faults.hang === 0) await sleep(20);
    const children = await descendants(cli.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);

    const interrupted = performance.now();
    cli.kill('SIGINT');
    const { exitCode } = await cli;
    expect(exitCode).toBe(130);
    // The bound is 2 s; the baseline is a wait for the hanging server, which would never end.
    expect(performance.now() - interrupted).toBeLessThan(2000);
    // The kernel takes a moment to end a killed PID namespace.
    const living = async () => (await Promise.all(children.map(lives))).filter(Boolean).length;
    await expect.poll(living, { timeout: 1000 }).toBe(0);
    const record = RunRecord.parse(JSON.parse(await readFile(join(cwd, 'out', 'run.json'), 'utf8')));
    expect(record).toMatchObject({ stopReason: 'cancelled', best: 0 });
    expect(record.rounds).toHaveLength(1);
  });
});
