import PQueue from 'p-queue';
import { RenderError } from '../../../core/errors.ts';
import type { Warmth } from './warmth.ts';
import type { JobReport, Worker } from './worker.ts';

export interface Pool {
  /**
   * Runs a program on the next free worker of this warmth. A program whose worker died is tried once more on another;
   * undefined when that died too.
   * @throws what starting a worker throws; the signal's reason, at once, when aborted.
   */
  run(code: Uint8Array, warmth: Warmth, signal?: AbortSignal): Promise<JobReport | undefined>;
  /** Ends every worker; programs that run or wait are rejected. */
  close(): Promise<void>;
}

/** Where one program runs at a time: a worker of each warmth that was asked for. */
type Place = Map<Warmth, Promise<Worker>>;

const ATTEMPTS = 2;

/** Up to `size` programs at a time, in workers that are started when there is work and replaced when they die. */
export function openPool(
  size: number,
  start: (warmth: Warmth, signal: AbortSignal) => Promise<Worker>,
): Pool {
  const closing = new AbortController();
  const queue = new PQueue({ concurrency: size });
  const places: readonly Place[] = Array.from({ length: size }, () => new Map());
  // Taken from the end, so that a worker that is warm already comes before one yet to be started.
  const free = [...places];

  async function workerAt(place: Place, warmth: Warmth): Promise<Worker> {
    const present = await place.get(warmth);
    if (present?.isAlive()) return present;
    closing.signal.throwIfAborted();
    const starting = start(warmth, closing.signal);
    place.set(warmth, starting);
    return starting.catch((error: unknown) => {
      place.delete(warmth);
      throw error;
    });
  }

  async function runAt(
    place: Place,
    code: Uint8Array,
    warmth: Warmth,
    signal?: AbortSignal,
  ): Promise<JobReport | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const worker = await workerAt(place, warmth);
      const report = signal?.aborted ? undefined : await worker.run(code, signal);
      if (report || signal?.aborted) return report;
    }
    return undefined;
  }

  return {
    async run(code, warmth, signal) {
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
        await runAt(place, code, warmth, signal).then(done.resolve, done.reject);
        free.push(place);
      });
      return done.promise.finally(() => {
        for (const remove of rejects) remove();
      });
    },
    async close() {
      closing.abort(new RenderError('The renderer was closed.'));
      const started = places.flatMap((place) => [...place.values()]);
      await Promise.all(started.map(async (worker) => (await worker.catch(() => undefined))?.close()));
    },
  };
}
