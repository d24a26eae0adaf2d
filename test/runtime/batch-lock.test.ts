import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { lockFolder } from '../../runtime/batch-lock.ts';
import { emptyFolder } from '../support/folder.ts';

const owner = (fields: object) =>
  JSON.stringify({ pid: process.pid, host: hostname(), started: '1', ...fields });

it('refuses while held, and gives way once released', async () => {
  const folder = await emptyFolder();
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${process.pid} is already at work`);
  await release();
  await (await lockFolder(folder))();
});

it('takes over from a process that has ended, and from an earlier one of the same id', async () => {
  const ended = execa('true');
  const { pid } = ended;
  await ended;
  for (const stale of [owner({ pid }), owner({ started: 'long ago' }), 'torn']) {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'lock'), stale);
    const release = await lockFolder(folder);
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain(`"pid":${process.pid}`);
    await release();
  }
});

it('does not judge a process of another machine', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'lock'), owner({ host: 'elsewhere.example' }));
  await expect(lockFolder(folder)).rejects.toThrow(/on elsewhere\.example.*remove .*lock/);
});

it('gives a stale lock to one process only', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'lock'), owner({ started: 'long ago' }));
  const module = new URL('../../runtime/batch-lock.ts', import.meta.url).href;
  const script = `
    const { lockFolder } = await import(${JSON.stringify(module)});
    await lockFolder(${JSON.stringify(folder)});
    console.log('mine');
    process.stdin.resume();
  `;
  const contenders = Array.from({ length: 4 }, () =>
    execa(process.execPath, ['--input-type=module', '--eval', script], { reject: false, stdin: 'pipe' }),
  );
  // Losers end by themselves; the winner holds on until it is told.
  const losers = await Promise.all(
    contenders.map(async (contender) => {
      const won = new Promise<false>((resolve) => contender.stdout.once('data', () => resolve(false)));
      return Promise.race([won, contender.then(({ stderr }) => stderr.includes('already at work'))]);
    }),
  );
  expect(losers.sort()).toEqual([false, true, true, true]);
  for (const contender of contenders) contender.kill('SIGKILL');
  await Promise.all(contenders);
});
