import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { playedIcons } from '../support/played.ts';
import { recordingProxy } from '../support/recording-proxy.ts';

const models = ['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'];
const judges = { 'simulated-judge': { role: 'critic' } } as const;

describe('verisim compare, over HTTP', () => {
  it('says what each strategy gains, by scorers that do not steer, and goes on after a kill', async () => {
    const { folder, simulator } = await playedIcons(6, { mend: 0.9, vary: true, models: judges });
    const proxy = await recordingProxy(simulator.url);
    const out = join(await emptyFolder(), 'out');
    const scorers = ['--scorers', 'critic openai:simulated-judge,ssim'];
    const args = ['compare', folder, '--task', 'svg', '--strategies', 'direct,refine', ...models, ...scorers];
    const start = () =>
      verisim([...args, '--out', out, '--concurrency', '2'], { env: { OPENAI_BASE_URL: proxy.url } });
    const first = start();
    while (proxy.requests.length < 12) await sleep(10);
    first.kill('SIGKILL');
    await first;
    const { exitCode, stdout, stderr } = await start();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toMatch(/of 12 runs were there already/);
    expect(stdout).toContain('SIMULATED');
    expect(stdout).toMatch(/critic openai:simulated-judge, each as it is set/);
    expect(stdout).toMatch(/refine .* better/);
    expect((await readdir(out)).sort()).toEqual([
      ...['calls', 'report.html', 'report.md', 'results.csv', 'results.json', 'results.jsonl'],
      ...['runs', 'settings.json'],
    ]);
    const rows = (await readFile(join(out, 'results.csv'), 'utf8')).trim().split('\r\n');
    expect(rows).toHaveLength(13);
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page).toContain('SIMULATED');
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(3);
    const before = proxy.requests.length;
    expect((await start()).exitCode).toBe(0);
    expect(proxy.requests).toHaveLength(before);
    const other = await verisim([...args.slice(0, -1), 'ssim', '--out', out]);
    expect(other.stderr).toMatch(/holds results made with scorers/);
  });

  it('says what is wrong with what it is given', async () => {
    const folder = await emptyFolder();
    const compare = (...args: string[]) => verisim(['compare', ...args], { cwd: folder });
    for (const [args, message] of [
      [['.', '--strategies', 'direct,refine'], /A folder needs --task/],
      [['.', '--task', 'svg', '--baseline', 'beam'], /baseline "beam" is none of/],
    ] as const) {
      const { exitCode, stderr } = await compare(...args);
      expect(stderr).toMatch(message);
      expect(exitCode).toBe(2);
    }
  });
});
