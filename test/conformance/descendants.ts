import { readdir, readFile } from 'node:fs/promises';

/** Process ids of the living children of a process, in order of age (Linux). */
export async function children(of: number = process.pid): Promise<number[]> {
  return (await byParent()).get(of) ?? [];
}

/** Process ids of all living descendants of a process (Linux). */
export async function descendants(of: number = process.pid): Promise<number[]> {
  const processes = await byParent();
  const below = (pid: number): number[] =>
    (processes.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(of);
}

/** Kills a process; false where it ended by itself between being found and this. */
export function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function byParent(): Promise<Map<number, number[]>> {
  const processes = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The command name in parentheses may hold anything; state and parent follow its last parenthesis.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === undefined || state === 'Z' || parent === undefined) continue;
    processes.set(Number(parent), [...(processes.get(Number(parent)) ?? []), pid]);
  }
  return processes;
}
