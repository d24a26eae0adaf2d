import { Refused } from './refused.ts';

export interface AdmissionOptions {
  /** Pieces of work at once. */
  readonly width: number;
  /** Pieces that may wait for their turn. */
  readonly queue: number;
  /** What they are called in a refusal. */
  readonly what: string;
}

/** Lets a bounded number work and a bounded number wait; whoever comes after is told to come again. */
export interface Admission {
  readonly busy: number;
  readonly waiting: number;
  /** @throws Refused (429) when this many more cannot be taken on. */
  check(count: number): void;
  /**
   * Waits for a turn, first come first served; the work is over when the function is called that this gives.
   * @throws Refused (429), at once, when the queue is full; the signal's reason when aborted.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
}

const MOST_SECONDS = 60;

export function admission(
  { width, queue, what }: AdmissionOptions,
  now: () => number = performance.now.bind(performance),
): Admission {
  const waiting = new Set<() => void>();
  let busy = 0;
  /** Milliseconds that a piece of work takes, the last ones counting most. */
  let mean = 1000;

  const pass = (): (() => void) => {
    busy += 1;
    const began = now();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      busy -= 1;
      mean += (now() - began - mean) / 8;
      for (const next of waiting) {
        waiting.delete(next);
        next();
        return;
      }
    };
  };

  const check = (count: number) => {
    if (busy + waiting.size + count <= width + queue) return;
    const seconds = Math.ceil((mean * (waiting.size + 1)) / width / 1000);
    throw new Refused({
      status: 429,
      message: `${waiting.size} ${what} are waiting already. Try again later.`,
      code: 'queue_full',
      headers: { 'retry-after': String(Math.min(MOST_SECONDS, Math.max(1, seconds))) },
    });
  };

  return {
    get busy() {
      return busy;
    },
    get waiting() {
      return waiting.size;
    },
    check,
    enter(signal) {
      check(1);
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (busy < width) return Promise.resolve(pass());
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(turn);
          reject(signal?.reason);
        };
        const turn = () => {
          signal?.removeEventListener('abort', leave);
          resolve(pass());
        };
        waiting.add(turn);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
