import { execa } from 'execa';
import { z } from 'zod';
import { RenderError } from '../../../core/errors.ts';
import type { WorkerCommand } from './command.ts';
import { type Frame, frameOf, frameReader } from './frames.ts';

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
  readonly finish: (report: JobReport | undefined) => void;
}

/**
 * Starts a worker process and waits until it has imported everything.
 * @param patience milliseconds after which a program that its worker should have ended shows the worker stuck
 * @throws RenderError when it does not come up; the signal's reason when aborted before.
 */
export async function startWorker(
  command: WorkerCommand,
  patience: number,
  signal: AbortSignal,
): Promise<Worker> {
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
  const started = Promise.withResolvers<void>();
  const ended = child.then(({ cause }) => {
    alive = false;
    const why = said.trim() || 'it ended at once';
    started.reject(new RenderError(`The Python worker did not start: ${why}`, { cause }));
    job?.finish(undefined);
  });
  const onFrame = ({ kind, payload }: Frame) => {
    if (kind === 'R') started.resolve();
    else if (kind === 'D') job?.result.push(payload);
    else if (kind === 'T') job?.trace.push(payload);
    else if (kind === 'E' && job) {
      const end = End.parse(JSON.parse(payload.toString()));
      const [result, trace] = [Buffer.concat(job.result), Buffer.concat(job.trace).toString()];
      job.finish({ end, result, trace });
    }
  };
  const kill = () => child.kill('SIGKILL');
  const read = frameReader(onFrame);
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // No worker of ours writes what cannot be read: something is wrong with it.
      kill();
    }
  });
  const startTimer = setTimeout(kill, START_MS);
  signal.addEventListener('abort', kill, { once: true });
  await started.promise.finally(() => {
    clearTimeout(startTimer);
    signal.removeEventListener('abort', kill);
  });

  return {
    isAlive: () => alive,
    async run(code, jobSignal) {
      if (!alive) return undefined;
      const done = Promise.withResolvers<JobReport | undefined>();
      const stuck = setTimeout(kill, patience);
      const cancel = () => child.stdin.write(frameOf('C'));
      job = { result: [], trace: [], finish: done.resolve };
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
