import type { ModelSpec } from './spec.ts';

type Limits = Pick<ModelSpec, 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute'>;

/** A call that was let through. */
export interface Pass {
  /** What the call took, where that is known: what counts from then on in place of the estimate. */
  used(tokens: number): void;
  /** The call is over. `overloaded`: the server answered 429. */
  end(overloaded?: boolean): void;
}

/** Holds the calls of one model back, so that they keep within its limits. */
export interface Gate {
  /** Waits for its turn, first come first served. `tokens`: what the call will likely take, prompt and reply. */
  enter(tokens: number, signal?: AbortSignal): Promise<Pass>;
  /** Calls that may be under way at once, by now. */
  readonly width: number;
}

const MINUTE = 60_000;

interface Visit {
  at: number;
  tokens: number;
}

interface Waiting {
  readonly tokens: number;
  readonly go: () => void;
}

/**
 * Requests and tokens are counted over the last minute, calls at once by additive increase and multiplicative
 * decrease (Chiu and Jain 1989): a 429 halves them, once for all calls that were under way then, and each round of
 * good answers gives one back, up to `concurrency`.
 */
export function gate(
  { concurrency, requestsPerMinute = Infinity, tokensPerMinute = Infinity }: Limits,
  now: () => number = performance.now.bind(performance),
): Gate {
  let width: number = concurrency;
  let busy = 0;
  let good = 0;
  let narrowedAt = -Infinity;
  let visits: Visit[] = [];
  let timer: NodeJS.Timeout | undefined;
  const waiting: Waiting[] = [];

  /** Milliseconds until the window has room; 0 when it has. A call larger than the window waits for it to be empty. */
  const roomIn = (tokens: number): number => {
    visits = visits.filter(({ at }) => at > now() - MINUTE);
    let count = visits.length;
    let sum = visits.reduce((total, visit) => total + visit.tokens, 0);
    for (const { at, tokens: used } of visits) {
      if (count + 1 <= requestsPerMinute && sum + tokens <= tokensPerMinute) break;
      count -= 1;
      sum -= used;
      if (count + 1 <= requestsPerMinute && (sum + tokens <= tokensPerMinute || count === 0)) {
        return Math.max(1, at + MINUTE - now());
      }
    }
    return 0;
  };

  const pump = () => {
    clearTimeout(timer);
    for (let next = waiting[0]; next && busy < width; next = waiting[0]) {
      const wait = roomIn(next.tokens);
      if (wait > 0) {
        timer = setTimeout(pump, wait);
        return;
      }
      waiting.shift();
      busy += 1;
      next.go();
    }
  };

  const pass = (tokens: number): Pass => {
    const started = now();
    const visit: Visit = { at: started, tokens };
    visits.push(visit);
    let over = false;
    return {
      used: (taken) => {
        visit.tokens = taken;
      },
      end(overloaded = false) {
        if (over) return;
        over = true;
        busy -= 1;
        if (overloaded) {
          good = 0;
          // Calls begun before the last narrowing tell nothing about the width since.
          if (started > narrowedAt) {
            width = Math.max(1, Math.floor(width / 2));
            narrowedAt = now();
          }
        } else {
          good += 1;
          if (good >= width && width < concurrency) {
            width += 1;
            good = 0;
          }
        }
        pump();
      },
    };
  };

  return {
    get width() {
      return width;
    },
    enter(tokens, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const entry: Waiting = {
          tokens,
          go() {
            signal?.removeEventListener('abort', leave);
            resolve(pass(tokens));
          },
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal?.reason);
          pump();
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
        pump();
      });
    },
  };
}
