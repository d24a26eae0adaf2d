import { execa } from 'execa';
import { z } from 'zod';
import { RenderError } from '../../../core/errors.ts';
import type { WorkerCommand } from './command.ts';
import { frameOf, frameReader, type Piece } from './frames.ts';

/** How a program ended, as its worker saw it. */
export const End = z.object({
  exit: z.int().nullable().describe('exit status'),
  signal: z.int().nullable().describe('number of the signal that killed it'),
  endedBy: z.enum(['wall', 'output', 'cancel']).nullable().describe('why the worker killed it'),
  cpuSeconds: z.number(),
});
export type End = z.infer<typeof End>;

export interface JobReport {
  readonly end: End;
  /** What the program's process handed back. Hostile. */
  readonly result: Buffer;
  /** Where the interpreter stood when it crashed or ran out of time. Hostile. */
  readonly trace: string;
}

export interface Worker {
  /** False once the process has ended. */
  isAlive(): boolean;
  /**
   * Runs one program; one at a time. Resolves when nothing of it is left, which is soon after the signal is
   * aborted; to undefined when the worker died.
   */
  run(code: Uint8Array, signal?: AbortSignal): Promise<JobReport | undefined>;
  /** Ends the worker and all that it started. */
  close(): Promise<void>;
}

const START_MS = 120_000;
const CLOSE_MS = 1_000;
const MAX_STDERR = 4_000;

interface Job {
  readonly result: Buffer[];
  readonly trace: Buffer[];
  readonly end: Buffer[];
  readonly finish: (report: JobReport | undefined) => void;
}

const STARTS = 5;

/**
 * Starts a worker process and waits until it has imported everything. One that is killed from outside before
 * that is started anew.
 * @param patience milliseconds after which a program that its worker should have ended shows the worker stuck
 * @throws RenderError when it does not come up; the signal's reason when aborted before.
 */
export async function startWorker(
  command: WorkerCommand,
  patience: number,
  signal: AbortSignal,
): Promise<Worker> {
  for (let attempt = 1; ; attempt += 1) {
    const worker = await openWorker(command, patience, signal);
    if (typeof worker !== 'string') return worker;
    signal.throwIfAborted();
    if (attempt === STARTS) throw new RenderError(`The Python worker was killed at its start: ${worker}`);
  }
}

/** A worker that is ready, or what is known of the signal that killed it before. */
async function openWorker(
  command: WorkerCommand,
  patience: number,
  signal: AbortSignal,
): Promise<Worker | string> {
  signal.throwIfAborted();
  const child = execa(command.file, command.args, {
    buffer: false,
    reject: false,
    extendEnv: false,
    env: command.environment,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MAX_STDERR);
  });
  // A write to a worker that just died fails; its end is noticed below.
  child.stdin.on('error', () => undefined);
  let job: Job | undefined;
  let alive = true;
  const started = Promise.withResolvers<string | undefined>();
  const ended = child.then(({ exitCode, signal: killed, cause }) => {
    alive = false;
    const why = said.trim() || 'it ended without a word';
    // bubblewrap passes on the signal that ended the program inside as 128 and its number.
    if (killed !== undefined || (exitCode ?? 0) > 128) started.resolve(why);
    else started.reject(new RenderError(`The Python worker did not start: ${why}`, { cause }));
    job?.finish(undefined);
  });
  const onPiece = ({ kind, bytes, last }: Piece) => {
    if (kind === 'R' && last) started.resolve(undefined);
    else if (kind === 'D') job?.result.push(bytes);
    else if (kind === 'T') job?.trace.push(bytes);
    else if (kind === 'E') job?.end.push(bytes);
    if (kind === 'E' && last && job) {
      const end = End.parse(JSON.parse(Buffer.concat(job.end).toString()));
      const [result, trace] = [Buffer.concat(job.result), Buffer.concat(job.trace).toString()];
      job.finish({ end, result, trace });
    }
  };
  const kill = () => child.kill('SIGKILL');
  const read = frameReader(onPiece);
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // No worker of ours writes what cannot be read: something is wrong with it.
      kill();
    }
  });
  const startTimer = setTimeout(() => {
    started.reject(new RenderError(`The Python worker did not start within ${START_MS / 1000} s.`));
    kill();
  }, START_MS);
  signal.addEventListener('abort', kill, { once: true });
  const killedBy = await started.promise.finally(() => {
    clearTimeout(startTimer);
    signal.removeEventListener('abort', kill);
  });
  if (killedBy !== undefined) return killedBy;

  return {
    isAlive: () => alive,
    async run(code, jobSignal) {
      if (!alive) return undefined;
      const done = Promise.withResolvers<JobReport | undefined>();
      const stuck = setTimeout(kill, patience);
      const cancel = () => child.stdin.write(frameOf('C'));
      job = { result: [], trace: [], end: [], finish: done.resolve };
      jobSignal?.addEventListener('abort', cancel, { once: true });
      child.stdin.write(frameOf('J', code));
      try {
        return await done.promise;
      } finally {
        clearTimeout(stuck);
        jobSignal?.removeEventListener('abort', cancel);
        job = undefined;
      }
    },
    async close() {
      child.stdin.end();
      const timer = setTimeout(kill, CLOSE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
