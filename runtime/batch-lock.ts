import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';

const Owner = z.object({
  pid: z.int(),
  host: z.string(),
  /** When the process started, as the system counts; tells it from a later one of the same id. */
  started: z.string(),
});
type Owner = z.infer<typeof Owner>;

/** Waiting for another process that is taking over the same stale lock. */
const PATIENCE = 50;
const TRIES = 40;

/**
 * Takes a folder for this process until the returned function is called. A lock whose process has ended, by
 * whatever means, is taken over.
 * @param option how a user names another folder
 * @throws ConfigError when another process works there.
 */
export async function lockFolder(folder: string, option = '--out'): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new ConfigError(`${folder} cannot be made. Name another ${option}.`, { cause });
  });
  const lock = join(folder, 'lock');
  const mine = join(folder, `lock.${process.pid}`);
  const owner: Owner = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  await writeFile(mine, JSON.stringify(owner));
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (await takes(link(mine, lock))) return () => rm(lock, { force: true });
      await refuseIfHeld(lock, folder, option);
      if (await takeOver(mine, lock, folder, option)) return () => rm(lock, { force: true });
      await sleep(PATIENCE);
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new ConfigError(
    `${lock} can neither be had nor taken over. If no other process works in ${folder}, remove it.`,
  );
}

/** One process at a time replaces a stale lock, so that none replaces another's fresh one. */
async function takeOver(mine: string, lock: string, folder: string, option: string): Promise<boolean> {
  const guard = `${lock}.taking`;
  if (!(await takes(mkdir(guard)))) {
    // Whoever made it has ended in the middle, or is about to be done.
    await sleep(PATIENCE * 4);
    await rm(guard, { recursive: true, force: true });
    return false;
  }
  try {
    await refuseIfHeld(lock, folder, option);
    await rename(mine, lock);
    return true;
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

async function refuseIfHeld(lock: string, folder: string, option: string): Promise<void> {
  const owner = await ownerOf(lock);
  if (!owner) return;
  const { pid, host, started } = owner;
  if (host !== hostname()) {
    throw new ConfigError(
      `${folder} was taken by process ${pid} on ${host}. If it has ended, remove ${lock} and start again.`,
    );
  }
  if (isRunning(pid) && (await startOf(pid)) === started) {
    throw new ConfigError(
      `Process ${pid} is already at work in ${folder}. Wait for its end, stop it, or name another ${option}.`,
    );
  }
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(lock, 'utf8')));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return z.object({ code: z.literal('EPERM') }).safeParse(error).success;
  }
}

/** Linux tells the start of a process in clock ticks since boot; elsewhere its id has to do. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function takes(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (z.object({ code: z.literal('EEXIST') }).safeParse(error).success) return false;
    throw error;
  }
}
