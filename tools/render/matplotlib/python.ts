import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { RenderError } from '../../../core/errors.ts';

const install = 'Install it: apt-get install python3-matplotlib (or: python3 -m pip install matplotlib)';

const Python = z.object({
  executable: z.string().describe('absolute path'),
  python: z.string().describe('version'),
  matplotlib: z.string().describe('version'),
  numpy: z.string().describe('version'),
  packages: z.array(z.string()).describe('folders of packages on its search path, in order'),
  needs: z.array(z.string()).describe('files and folders that it reads besides the system libraries'),
});
/** A Python that imports matplotlib, and what it needs to see in order to run. */
export type Python = z.infer<typeof Python>;

/**
 * The first Python that imports matplotlib: the configured one, else /usr/bin/python3, else each python3 on
 * PATH, of any version.
 * @throws RenderError that names the install command when there is none; the signal's reason when aborted.
 */
export async function findPython(configured?: string, signal?: AbortSignal): Promise<Python> {
  const tried: string[] = [];
  for (const candidate of configured === undefined ? candidates() : [configured]) {
    const found = await probe(candidate, signal);
    if (typeof found !== 'string') return found;
    tried.push(`${candidate}: ${found}`);
  }
  const where = tried.length === 0 ? 'no python3 was found' : tried.join('; ');
  throw new RenderError(`Charts need a Python with matplotlib (${where}). ${install}`);
}

function candidates(): string[] {
  const { PATH = '' } = process.env;
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  const names = ['python3', ...Array.from({ length: 12 }, (_, index) => `python3.${20 - index}`), 'python'];
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...new Set(['/usr/bin/python3', ...onPath])].filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What this Python has, or why it will not do. */
async function probe(python: string, signal?: AbortSignal): Promise<Python | string> {
  signal?.throwIfAborted();
  const script = join(import.meta.dirname, 'probe.py');
  const { failed, stdout, stderr, shortMessage } = await execa(python, ['-B', script], {
    reject: false,
    timeout: 60_000,
    stdin: 'ignore',
    env: { MPLBACKEND: 'Agg' },
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (failed) return (stderr?.trim().split('\n').at(-1) || shortMessage || 'failed').slice(0, 200);
  const reply = Python.safeParse(parseJson(stdout ?? ''));
  return reply.success ? reply.data : 'it gave no usable answer';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
