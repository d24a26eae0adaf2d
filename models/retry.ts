import { setTimeout as sleep } from 'node:timers/promises';
import type { Retry } from '../core/generator.ts';
import { type CallFailure, failureOf } from './failure.ts';

interface RetryPolicy {
  /** How often a failed call is tried again. */
  readonly retries: number;
  /** Milliseconds that all waits may take together. */
  readonly budget: number;
}

/** Why no further try was made. */
export interface GivenUp {
  readonly failure: CallFailure;
  /** Calls made. */
  readonly attempts: number;
  /** Milliseconds that the server asked to wait, where that was too long. */
  readonly wait: number | undefined;
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  /** Another server can be asked at once. */
  readonly alternative: () => boolean;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: ((retry: Retry) => void) | undefined;
  /** The error to throw at the end. */
  readonly giveUp: (given: GivenUp, cause: unknown) => Error;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Calls until it works, trying again where that may help. The only layer that does: clients' own retries are off. */
export async function withRetries<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, signal, onRetry, giveUp } = options;
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = failureOf(error);
      if (!failure.transient || attempt > policy.retries) {
        throw giveUp({ failure, attempts: attempt, wait: undefined }, error);
      }
      const wait = options.alternative() ? 0 : Math.round(failure.retryAfter ?? backoff(attempt));
      if (waited + wait > policy.budget) throw giveUp({ failure, attempts: attempt, wait }, error);
      onRetry?.({ attempt, wait, reason: failure.reason });
      waited += wait;
      await pause(wait, signal);
    }
  }
}

/** Doubles from try to try; half of it is chance, so that many clients do not come back at once. */
function backoff(attempt: number): number {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
  return longest * (0.5 + Math.random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0) return;
  await sleep(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
