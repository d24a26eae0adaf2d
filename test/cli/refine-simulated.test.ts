import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../core/record.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { examples, simulatorOf } from '../support/simulator.ts';

const models = ['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'];

async function refineChart(url: string, ...options: string[]) {
  const cwd = await emptyFolder();
  const { exitCode, stderr, stdout } = await verisim(
    ['refine', join(examples, 'chart.png'), '--task', 'chart', ...models, '--out', 'out', ...options],
    { cwd, env: { OPENAI_BASE_URL: url } },
  );
  const record = await readFile(join(cwd, 'out', 'run.json'), 'utf8').then(
    (text) => RunRecord.parse(JSON.parse(text)),
    () => undefined,
  );
  return { exitCode, stderr: String(stderr), stdout: String(stdout), record, cwd };
}

describe('verisim refine against verisim simulate, over HTTP', () => {
  it('mending with probability 1 ends equivalent', async () => {
    const simulator = await simulatorOf('chart', { mend: 1 });
    const { exitCode, record, stderr } = await refineChart(simulator.url);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(record).toMatchObject({ stopReason: 'equivalent', best: 1 });
    expect(record?.generator).toEqual({ name: 'openai:simulated-generator', source: 'simulated' });
    expect(stderr).toContain('(simulated)');
  });

  it('mending with probability 0 ends at the round limit: four generations, four critiques', async () => {
    const simulator = await simulatorOf('chart', { mend: 0 });
    const { exitCode, record } = await refineChart(simulator.url);
    expect(exitCode).toBe(0);
    expect(record?.stopReason).toBe('round-limit');
    expect(record?.rounds).toHaveLength(4);
    expect(simulator.requests.replies).toEqual({ generator: 4, critic: 4 });
  });

  it('a critic of nonsense leaves rounds unscored, says so, and keeps the code', async () => {
    const simulator = await simulatorOf('chart', { nonsense: 1 });
    const { exitCode, record, stderr } = await refineChart(simulator.url);
    expect(exitCode).toBe(0);
    expect(record?.rounds.map(({ critique }) => critique?.kind)).toEqual([
      'critic-failure',
      'critic-failure',
    ]);
    expect(stderr).toMatch(/no usable critique in 2 rounds in a row/);
    expect(stderr).toMatch(/unscored/);
  });

  it('waits as long as a 429 asks', async () => {
    const simulator = await simulatorOf('chart', { mend: 1, script: ['rate-limit'], retryAfter: 1 });
    const { exitCode, record, stderr } = await refineChart(simulator.url);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/429.*next try in 1\.0 s/);
    expect(record?.rounds[0]?.ms.generate).toBeGreaterThanOrEqual(1000);
  });

  it('copes with server errors, refused structured output and broken JSON', async () => {
    const options = { mend: 1, script: ['server-error' as const], refuseResponseFormat: true, malformed: 1 };
    const simulator = await simulatorOf('chart', options);
    const { exitCode, record } = await refineChart(simulator.url);
    expect({ exitCode, stop: record?.stopReason }).toEqual({ exitCode: 0, stop: 'equivalent' });
  });

  it('a dead server gives one clear ModelError and exit 2', async () => {
    const port = await freePort();
    const cwd = await emptyFolder();
    const config = JSON.stringify({
      models: {
        dead: {
          name: 'openai:simulated-generator',
          baseUrl: `http://127.0.0.1:${port}/v1`,
          retries: 2,
          retryWait: 3,
        },
      },
      generator: 'dead',
      critic: 'dead',
    });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(cwd, 'verisim.config.json'), config);
    const { exitCode, stderr } = await verisim(['refine', join(examples, 'chart.png'), '--task', 'chart'], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(String(stderr).match(/^verisim: /gm)).toHaveLength(1);
    expect(stderr).toContain(`127.0.0.1:${port}`);
  });

  it('--json prints the record alone, a line a picture', async () => {
    const simulator = await simulatorOf('chart', { damage: 0 });
    const { stdout, record } = await refineChart(simulator.url, '--json');
    expect(RunRecord.parse(JSON.parse(stdout))).toEqual(record);
  });
});

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
