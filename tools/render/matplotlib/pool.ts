import PQueue from 'p-queue';
import { RenderError } from '../../../core/errors.ts';
import type { JobReport, Worker } from './worker.ts';

export interface Pool {
  /**
   * Runs a program on the next free worker. A program whose worker died is tried once more on another;
   * undefined when that died too.
   * @throws what starting a worker throws; the signal's reason, at once, when aborted.
   */
  run(code: Uint8Array, signal?: AbortSignal): Promise<JobReport | undefined>;
  /** Ends every worker; programs that run or wait are rejected. */
  close(): Promise<void>;
}

interface Place {
  worker: Promise<Worker> | undefined;
}

const ATTEMPTS = 2;

/** Up to `size` workers, started when there is work for them and replaced when they die. */
export function openPool(size: number, start: (signal: AbortSignal) => Promise<Worker>): Pool {
  const closing = new AbortController();
  const queue = new PQueue({ concurrency: size });
  const places: readonly Place[] = Array.from({ length: size }, () => ({ worker: undefined }));
  // Taken from the end, so that a worker that is warm already comes before one yet to be started.
  const free = [...places];

  async function workerAt(place: Place): Promise<Worker> {
    const present = await place.worker;
    if (present?.isAlive()) return present;
    closing.signal.throwIfAborted();
    place.worker = start(closing.signal);
    return place.worker.catch((error: unknown) => {
      place.worker = undefined;
      throw error;
    });
  }

  async function runAt(place: Place, code: Uint8Array, signal?: AbortSignal): Promise<JobReport | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const worker = await workerAt(place);
      const report = signal?.aborted ? undefined : await worker.run(code, signal);
      if (report || signal?.aborted) return report;
    }
    return undefined;
  }

  return {
    async run(code, signal) {
      closing.signal.throwIfAborted();
      signal?.throwIfAborted();
      const done = Promise.withResolvers<JobReport | undefined>();
      const rejects = [closing.signal, ...(signal ? [signal] : [])].map((source) => {
        const reject = () => done.reject(source.reason);
        source.addEventListener('abort', reject, { once: true });
        return () => source.removeEventListener('abort', reject);
      });
      void queue.add(async () => {
        const place = signal?.aborted || closing.signal.aborted ? undefined : free.pop();
        if (!place) return;
        await runAt(place, code, signal).then(done.resolve, done.reject);
        free.push(place);
      });
      return done.promise.finally(() => {
        for (const remove of rejects) remove();
      });
    },
    async close() {
      closing.abort(new RenderError('The renderer was closed.'));
      await Promise.all(places.map(async ({ worker }) => (await worker?.catch(() => undefined))?.close()));
    },
  };
}
