import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ending } from '../../ending.ts';

export interface WorkerProcessOptions {
  /** Module that the process runs: it sends a WorkerMessage when loaded and one for each job. */
  readonly entry: URL;
  /** Bytes of address space. */
  readonly maxMemory: number;
  /** Milliseconds of processor time over its whole life. */
  readonly maxCpu: number;
}

/** What a worker says: that it is ready, why it cannot be, or its reply to a job. */
export const WorkerMessage = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ broken: z.string() }),
  z.object({ reply: z.unknown(), cpu: z.number().describe('milliseconds of processor time used so far') }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessage>;

export interface WorkerProcess {
  /** The first message; undefined when the process ended before. */
  readonly started: Promise<WorkerMessage | undefined>;
  /** Settles when the process has ended, however it did. */
  readonly gone: Promise<void>;
  /** Undefined when the process ended without an answer. One question at a time. */
  ask(job: object): Promise<WorkerMessage | undefined>;
  kill(): void;
  /** While a process works, Node waits for it; while it is idle, Node may exit. */
  hold(busy: boolean): void;
}

/** Starts a Node process with bounded memory and processor time and an empty environment. */
export function startProcess({ entry, maxMemory, maxCpu }: WorkerProcessOptions): WorkerProcess {
  const limits = `ulimit -c 0; ulimit -v ${Math.floor(maxMemory / 1024)}; ulimit -t ${Math.ceil(maxCpu / 1000)}`;
  // A worker that is busy in native code would not notice that its parent was killed; the kernel tells it.
  const leash = 'command -v setpriv >/dev/null && exec setpriv --pdeathsig KILL "$0" "$@"';
  // Node cannot limit a child itself; a shell sets the limits and becomes the worker. Windows has no such shell.
  const script = `${limits}; ${leash}; exec "$0" "$@"`;
  const limited = { execPath: '/bin/sh', execArgv: ['-c', script, process.execPath] };
  const child = fork(fileURLToPath(entry), [], {
    ...(process.platform === 'win32' ? { execArgv: [] } : limited),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', resolve);
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
  });
  const end = ending();
  void gone.then(end.happen);
  const kill = () => void child.kill('SIGKILL');
  const next = () =>
    new Promise<WorkerMessage | undefined>((resolve) => {
      const forget = end.on(() => resolve(undefined));
      child.once('message', (message) => {
        forget();
        resolve(WorkerMessage.safeParse(message).data);
      });
    });

  return {
    started: next(),
    gone,
    ask(job) {
      const answer = next();
      child.send(job, (error) => error && kill());
      return answer;
    },
    kill,
    hold(busy) {
      if (busy) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
  };
}
