import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunRecord } from '../../../core/record.ts';
import { emptyFolder } from '../../support/folder.ts';
import { hangs, openaiServer } from '../../support/openai-server.ts';
import { iconUrl } from './support.ts';

const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

/** `verisim serve` with a run under way whose model never answers. */
async function busy(drainTime: number) {
  const upstream = await openaiServer(hangs);
  const cwd = await emptyFolder();
  const model = { name: 'openai:slow', baseUrl: upstream.url, apiKeyEnv: null };
  const config = { models: { slow: model }, generator: 'slow', serve: { drainTime } };
  await writeFile(join(cwd, 'verisim.config.json'), JSON.stringify(config));
  const child = execa(process.execPath, [main, 'serve', '--port', '0', '--folder', 'runs'], {
    cwd,
    reject: false,
    buffer: false,
    stderr: 'ignore',
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await upstream.close();
  });
  const url = String((await once(child.stdout, 'data'))[0]).trim();
  const begin = async () =>
    fetch(`${url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ task: 'svg', image: await iconUrl() }),
    });
  expect((await begin()).status).toBe(202);
  await expect.poll(() => upstream.seen.length, { timeout: 20_000 }).toBe(1);
  return { child, url, begin, upstream, runs: join(cwd, 'runs', 'runs') };
}

describe('SIGTERM', () => {
  it('lets runs go on for their time, then cuts them off with what is done written down', async () => {
    const { child, url, begin, upstream, runs } = await busy(3);
    const sent = performance.now();
    child.kill('SIGTERM');
    // No connection is taken any more.
    await expect
      .poll(() =>
        begin().then(
          (response) => response.status,
          () => 'refused',
        ),
      )
      .toBe('refused');
    expect((await child).exitCode).toBe(0);
    expect(performance.now() - sent).toBeGreaterThan(2500);
    await upstream.seen[0]?.closed;
    const [id = ''] = await readdir(runs);
    const text = await readFile(join(runs, id, 'interrupted.json'), 'utf8');
    expect(RunRecord.parse(JSON.parse(text))).toMatchObject({ id, stopReason: 'cancelled' });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('a second one ends the process as it stands', async () => {
    const { child } = await busy(600);
    child.kill('SIGTERM');
    expect(await Promise.race([child, sleep(300, 'still at work')])).toBe('still at work');
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(130);
  });
});
