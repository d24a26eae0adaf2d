import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../core/record.ts';
import { soakKill } from '../../scripts/kill/soak.ts';
import { iconsIn, linesIn, resultsIn, startBatch } from '../support/batch.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { examples, simulatorOf } from '../support/simulator.ts';

const sorted = (values: readonly string[]) => [...values].sort();

describe('a batch that is killed and started again', () => {
  it('at any moment, several at work: asks for nothing twice that was answered, and ends as if nothing had been', {
    timeout: 180_000,
  }, async () => {
    const folder = await emptyFolder();
    const soak = await soakKill({ folder, pictures: 12, kills: 3, concurrency: 4, seed: 1 });
    expect(soak).toMatchObject({ twice: 0, seen: soak.calls, different: [], runs: 12 });
    expect(soak.killed).toBeGreaterThan(0);
  });

  it('mends a torn last line, and asks no model for that run', async () => {
    const simulator = await simulatorOf('icon', { mend: 1 });
    const folder = await emptyFolder();
    const [icons, out] = [await iconsIn(folder, 2), join(folder, 'out')];
    await startBatch(icons, out, simulator.url);
    const before = await resultsIn(out);
    const log = join(out, 'runs.jsonl');
    const { length } = await readFile(log);
    await truncate(log, length - 100);
    const { chat } = simulator.requests;
    const { exitCode, stderr } = await startBatch(icons, out, simulator.url);
    expect(stderr).toContain('1 of 2 were finished before');
    expect({ exitCode, chat: simulator.requests.chat }).toEqual({ exitCode: 0, chat });
    expect(await resultsIn(out)).toEqual(before);
    const { usage } = (await linesIn(out)).at(-1)?.record?.totals ?? {};
    expect(usage?.replayedCalls).toBe(usage?.calls);
  });
});

describe('a batch', () => {
  it('writes records, of which `verisim report` makes the pages', async () => {
    const simulator = await simulatorOf('icon', { mend: 1 });
    const folder = await emptyFolder();
    const [icons, out] = [await iconsIn(folder, 2), join(folder, 'out')];
    await startBatch(icons, out, simulator.url);
    const kept = ['final.png', 'final.svg', 'pictures', 'run.json'];
    expect((await readdir(join(out, 'icon-01'))).sort()).toEqual(kept);
    const { stdout, exitCode } = await verisim(['report', out]);
    const pages = ['icon-00', 'icon-01'].map((run) => join(out, run, 'report.html'));
    expect({ exitCode, pages: sorted(String(stdout).split('\n')) }).toEqual({ exitCode: 0, pages });
    expect(await readFile(pages[0] ?? '', 'utf8')).toContain('data:image/png;base64,');
    expect((await readdir(join(out, 'icon-01'))).sort()).toEqual([...kept, 'report.html', 'rounds'].sort());
    await rm(join(out, 'icon-01', 'pictures'), { recursive: true });
    const broken = await verisim(['report', join(out, 'icon-01')]);
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toMatch(/png is missing or damaged\. Refine the picture again/);
    expect((await verisim(['report', folder])).stderr).toMatch(/holds no run/);
  });

  it('takes files, folders, globs and .jsonl, goes on past what fails, and sums it all up', async () => {
    const simulator = await simulatorOf('icon', { mend: 1 });
    const folder = await emptyFolder();
    const icons = await iconsIn(folder, 3);
    await mkdir(join(folder, 'more'));
    await writeFile(join(folder, 'more', 'broken.png'), 'no picture');
    const list = join(folder, 'list.jsonl');
    const lines = [
      { image: 'icons/icon-02.png', task: 'svg', note: 'any' },
      { image: join(examples, 'icon.png') },
    ];
    await writeFile(list, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { exitCode, stderr, stdout } = await verisim(
      [
        ...['refine', join(icons, '*-0[01].png'), join(folder, 'more'), list, '--task', 'svg', '--json'],
        ...['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'],
        ...['--out', join(folder, 'out')],
      ],
      { env: { OPENAI_BASE_URL: simulator.url } },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/broken.*is not a picture/);
    expect(stderr).toMatch(/\(simulated\)/);
    expect(stderr).toMatch(/equivalent\s+4\s+0\.0/);
    expect(stderr).toMatch(/error\s+1/);
    expect(stderr).toMatch(/all\s+5\s+0\.0/);
    const printed = String(stdout)
      .split('\n')
      .map((line) => RunRecord.parse(JSON.parse(line)));
    expect(sorted(printed.map(({ input }) => input.name))).toEqual([
      'icon-00.png',
      'icon-01.png',
      'icon-02.png',
      'icon.png',
    ]);
    const logged = await linesIn(join(folder, 'out'));
    expect(sorted(logged.map(({ run }) => run))).toEqual([
      'broken',
      'icon',
      'icon-00',
      'icon-01',
      'icons/icon-02',
    ]);
  });

  it('refuses a folder that another process works in, and one that was made with other settings', async () => {
    const simulator = await simulatorOf('icon', { script: ['ok', 'hang'] });
    const folder = await emptyFolder();
    const [icons, out] = [await iconsIn(folder, 1), join(folder, 'out')];
    const first = startBatch(icons, out, simulator.url);
    while (simulator.requests.faults.hang === 0) await sleep(20);
    const second = await startBatch(icons, out, simulator.url);
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toMatch(new RegExp(`Process ${first.pid} is already at work in`));
    first.kill('SIGKILL');
    await first;
    const third = await startBatch(icons, out, simulator.url, '--rounds', '1');
    expect(third.exitCode).toBe(2);
    expect(third.stderr).toMatch(/other settings \(rounds was 3, now 1\)/);
  });

  it('says what is wrong with what it is given', async () => {
    const folder = await emptyFolder();
    const list = join(folder, 'list.jsonl');
    await writeFile(list, '{"image": "a.png", "task": "svg"}\n');
    await appendFile(list, '{"image": 3}\n');
    const refine = (...args: string[]) => verisim(['refine', ...args, '--out', join(folder, 'out')]);
    for (const [args, message] of [
      [[list], /list\.jsonl, line 2: .*image/s],
      [[join(folder, '*.png'), '--task', 'svg'], /No picture matches/],
      [[examples], /--task is missing/],
    ] as const) {
      const { exitCode, stderr } = await refine(...args);
      expect(stderr).toMatch(message);
      expect(exitCode).toBe(2);
    }
  });
});
