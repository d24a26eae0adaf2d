import { readdir, readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/**
 * Bytes resident in a process and all below it, shared pages left out (they would count once a process).
 * Zero where /proc does not exist.
 */
export async function residentBytes(pid: number): Promise<number> {
  const [, resident = 0, shared = 0] = (await read(`/proc/${pid}/statm`)).split(' ').map(Number);
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`)));
  const children = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  const below = await Promise.all(children.map(residentBytes));
  return below.reduce((sum, bytes) => sum + bytes, (resident - shared) * PAGE_BYTES);
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
