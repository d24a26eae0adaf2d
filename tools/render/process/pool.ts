import PQueue from 'p-queue';
import { RenderError } from '../../../core/errors.ts';
import { startProcess, type WorkerProcess } from './process.ts';

export interface ProcessPoolOptions {
  /** Module that each process runs, see WorkerProcessOptions. */
  readonly entry: URL;
  readonly workers: number;
  /** Milliseconds a job. */
  readonly timeout: number;
  /** Bytes of address space a process. */
  readonly maxMemory: number;
}

/** What became of a job: its reply, or how its process ended without one. */
export type Answer = { readonly reply: unknown } | { readonly ended: 'timeout' | 'crashed' };

export interface ProcessPool {
  /**
   * @throws RenderError when no process can be started or the pool was closed; the signal's reason when aborted.
   */
  run(job: object, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Keeps warm processes for work in native code. Processes and not threads, since a thread that loops in
 * native code can be neither stopped nor limited in memory, and one that crashes takes all of Node with it.
 * They start when needed, let Node exit when idle, and are replaced when a job kills them.
 */
export function processPool({ entry, workers, timeout, maxMemory }: ProcessPoolOptions): ProcessPool {
  // Bounds the life of a worker whose parent was killed in mid-job; a worker retires long before.
  const maxCpu = 10 * timeout;
  const queue = new PQueue({ concurrency: workers });
  const alive = new Set<WorkerProcess>();
  const idle = new Set<WorkerProcess>();
  let closed = false;

  function start(): WorkerProcess {
    const worker = startProcess({ entry, maxMemory, maxCpu });
    alive.add(worker);
    void worker.gone.then(() => {
      alive.delete(worker);
      idle.delete(worker);
    });
    return worker;
  }

  async function attempt(
    job: object,
    signal: AbortSignal | undefined,
  ): Promise<Answer | { ended: 'at-start' }> {
    signal?.throwIfAborted();
    if (closed) throw new RenderError('The renderer was closed. Make a new one.');
    const [worker = start()] = idle;
    idle.delete(worker);
    worker.hold(true);
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    signal?.addEventListener('abort', worker.kill, { once: true });
    try {
      const started = await worker.started;
      if (started && 'broken' in started) throw new RenderError(cannotStart(started.broken));
      timer = setTimeout(() => {
        late = true;
        worker.kill();
      }, timeout);
      const answer = started && (await worker.ask(job));
      signal?.throwIfAborted();
      if (answer && 'reply' in answer) {
        if (answer.cpu < maxCpu / 2) idle.add(worker);
        else worker.kill();
        return { reply: answer.reply };
      }
      worker.kill();
      if (answer && 'broken' in answer) throw new RenderError(`A drawing process failed: ${answer.broken}`);
      if (closed) throw new RenderError('The renderer was closed before the picture was drawn.');
      if (!started) return { ended: 'at-start' };
      return late ? { ended: 'timeout' } : { ended: 'crashed' };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', worker.kill);
      worker.hold(false);
    }
  }

  return {
    async run(job, signal) {
      const once = () => queue.add(() => attempt(job, signal), { ...(signal && { signal }) });
      let answer = await once();
      // What ended the process may have come from outside, so a crash is tried once more on another one.
      if ('ended' in answer && answer.ended !== 'timeout') answer = await once();
      if ('ended' in answer && answer.ended === 'at-start')
        throw new RenderError(cannotStart('it ended at once'));
      return answer as Answer;
    },
    async close() {
      closed = true;
      const gone = [...alive].map((worker) => worker.gone);
      for (const worker of alive) {
        // Node would exit before an idle worker's end is heard of.
        worker.hold(true);
        worker.kill();
      }
      await Promise.all(gone);
    },
  };
}

function cannotStart(reason: string): string {
  return `The drawing process cannot be started (${reason}). Install the packages again: npm ci`;
}
