import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { matplotlibRenderer } from '../../tools/render/matplotlib.ts';
import { children } from '../conformance/descendants.ts';
import { rendered } from '../conformance/renderer.ts';

/**
 * Each program of this folder says in its head what must become of it: outcome, and where it matters the
 * message, the line and the hacks that are reported. Programs that look for a leak draw a figure when they
 * find one. After each of them an innocent program is drawn by the same worker process, byte for byte as before.
 */
const programs = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.py')).sort();
const headOf = (program: string, field: string) =>
  new RegExp(`^# ${field}: (.+)$`, 'm').exec(program)?.[1]?.split(' | ');

const secret = `verisim-secret-${randomBytes(8).toString('hex')}`;
const innocent = `# ${secret}
import matplotlib.pyplot as plt
import numpy as np
fig, ax = plt.subplots(figsize=(3, 2))
ax.plot(np.random.rand(20), label='$x^2$')
ax.legend()
plt.savefig('x.png')`;
const raster = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 256));

const limits = { workers: 1, addressSpaceBytes: 1024 ** 3, outputPixels: 4_000_000 };
/** Those that must be ended by the clock are ended soon; the others have time on a busy machine. */
const short = matplotlibRenderer({ ...limits, wallSeconds: 3, cpuSeconds: 10 });
const long = matplotlibRenderer({ ...limits, wallSeconds: 30, cpuSeconds: 20 });
let reached = 0;
const servers = [createServer(() => (reached += 1)), createServer(() => (reached += 1))];
let folder = '';
let placeholders: Readonly<Record<string, string>> = {};
let digest = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verisim-hostile-'));
  const file = join(folder, 'secret.txt');
  await writeFile(file, secret);
  vi.stubEnv('VERISIM_SECRET', secret);
  const [tcp, abstract] = servers;
  await new Promise<void>((resolve) => tcp?.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => abstract?.listen(`\0${secret}`, resolve));
  const address = tcp?.address();
  placeholders = {
    SECRET: secret,
    SECRET_CODES: [...secret].map((letter) => letter.charCodeAt(0)).join(),
    SECRET_FILE: file,
    PORT: typeof address === 'object' ? String(address?.port) : '',
    BASE64: raster.toString('base64'),
    NESTED: '('.repeat(100_000),
  };
  digest = rendered(await short.render({ code: innocent })).picture.digest;
  expect(rendered(await long.render({ code: innocent })).picture.digest).toBe(digest);
});
afterAll(async () => {
  await Promise.all([short.close(), long.close()]);
  for (const server of servers) server.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('a hostile program', () => {
  for (const name of programs) {
    it(name, async () => {
      const text = await readFile(join(import.meta.dirname, name), 'utf8');
      const renderer = headOf(text, 'outcome')?.includes('timeout') ? short : long;
      const workers = await children();
      const code = text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => placeholders[key] ?? '');
      // The job before holds the secret where its own result does not write over it.
      await renderer.render({ code: `${'#'.repeat(20_000)} ${secret}` });
      const result = await renderer.render({ code });
      const outcome = result.kind === 'rendered' ? 'rendered' : result.outcome;
      expect(headOf(text, 'outcome'), JSON.stringify(result).slice(0, 1000)).toContain(outcome);
      if (result.kind === 'rendered') {
        expect(result.hacks.map(({ kind }) => kind)).toEqual(headOf(text, 'hacks') ?? []);
      } else {
        const [message = ''] = headOf(text, 'message') ?? [];
        expect(result.message).toMatch(new RegExp(message));
        expect(JSON.stringify(result).length).toBeLessThan(10_000);
        const lines = headOf(text, 'line');
        if (lines) expect(lines).toContain(String(result.line));
      }
      expect(rendered(await renderer.render({ code: innocent })).picture.digest).toBe(digest);
      expect(await children()).toEqual(workers);
    });
  }
});

describe('all of them together', () => {
  it('are at least forty', () => expect(programs.length).toBeGreaterThanOrEqual(40));

  it('reached no server', () => expect(reached).toBe(0));

  it('wrote no file and changed none', async () => {
    expect(await readdir(folder)).toEqual(['secret.txt']);
    expect(await readFile(join(folder, 'secret.txt'), 'utf8')).toBe(secret);
    for (const path of ['/usr/lib/verisim-was-here', '/usr/lib/verisim-was-here.png', '/verisim-was-here']) {
      expect(existsSync(path)).toBe(false);
    }
  });
});
