import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { emptyFolder } from '../../support/folder.ts';
import { simulatorOf } from '../../support/simulator.ts';
import { iconUrl } from './support.ts';

const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

/** `verisim serve` as a process of its own, and its address once it listens. */
async function served(cwd: string) {
  const child = execa(process.execPath, [main, 'serve', '--port', '0', '--folder', 'runs'], {
    cwd,
    reject: false,
    buffer: false,
    stderr: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
}

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

it('SIGKILL in mid-run and restart: no run lost, no finished call paid twice; SIGTERM ends it well', async () => {
  const simulator = await simulatorOf('icon', { mend: 0, latency: 150 });
  const model = (name: string) => ({ name: `openai:${name}`, baseUrl: simulator.url, apiKeyEnv: null });
  const cwd = await emptyFolder();
  const config = {
    models: { writer: model('simulated-generator'), judge: model('simulated-critic') },
    generator: 'writer',
    critic: 'judge',
    serve: { runs: 2, drainTime: 0 },
  };
  await writeFile(join(cwd, 'verisim.config.json'), JSON.stringify(config));
  const image = await iconUrl();

  const first = await served(cwd);
  const ids: string[] = [];
  for (const key of ['a', 'b', 'c']) {
    const asked = await post(
      `${first.url}/v1/runs`,
      { task: 'svg', image, name: key },
      { 'idempotency-key': key },
    );
    ids.push(Object(await asked.json()).id);
  }
  const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: image } }] }];
  const chat = post(`${first.url}/v1/chat/completions`, { model: 'verisim/svg', messages }).catch(
    () => 'cut off',
  );
  await expect.poll(() => simulator.requests.chat, { timeout: 30_000 }).toBeGreaterThanOrEqual(6);
  first.child.kill('SIGKILL');
  await first.child;
  expect(await chat).toBe('cut off');
  const inFlight = 2;
  const paid = simulator.requests.chat;

  const second = await served(cwd);
  const list = async (): Promise<{ id: string; status: string; stopReason: string }[]> =>
    Object(await (await fetch(`${second.url}/v1/runs`)).json()).data;
  await expect
    .poll(async () => (await list()).every(({ status }) => status === 'finished'), { timeout: 40_000 })
    .toBe(true);
  const runs = await list();
  expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(runs).toHaveLength(4);
  for (const id of ids) expect(runs.find((run) => run.id === id)?.stopReason).toBe('round-limit');
  // Nobody waits any more for the run of the chat endpoint.
  expect(runs.find(({ id }) => !ids.includes(id))?.stopReason).toBe('cancelled');
  // Three runs of four rounds are 24 calls; only those that were under way may have been made again.
  expect(paid).toBeGreaterThanOrEqual(6);
  expect(simulator.requests.chat).toBeLessThanOrEqual(24 + inFlight);
  const again = await post(
    `${second.url}/v1/runs`,
    { task: 'svg', image, name: 'a' },
    { 'idempotency-key': 'a' },
  );
  expect([again.status, Object(await again.json()).id]).toEqual([200, ids[0]]);

  second.child.kill('SIGTERM');
  expect((await second.child).exitCode).toBe(0);
});
