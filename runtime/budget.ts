import type { BudgetLimits, BudgetRecord } from '../core/budget.ts';
import { BudgetReached } from '../core/errors.ts';
import type { Stop } from '../core/stop.ts';

export interface Spending {
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
}

/** What a call is expected to take before it is made. */
export interface CallEstimate {
  readonly likely: Spending;
  /** No more than this, by the limits that the call itself sets. */
  readonly most: Spending;
  /** Milliseconds that it will likely take. */
  readonly time: number;
}

/** What is spent of some limits, calls in flight included. */
export interface Budget {
  /**
   * Lets a call be made, at once or when calls in flight have left enough; what it took is told to the function
   * that this gives. At most one call at a time can take more than is left.
   * @throws BudgetReached when it would likely break a limit; from then on for every call.
   */
  admit(estimate: CallEstimate, signal?: AbortSignal): Promise<(spent: Spending, replayed?: boolean) => void>;
  /** Set when a call was refused. */
  readonly reached: Stop | undefined;
  left(): BudgetRecord[];
}

export interface BudgetOptions {
  readonly scope: BudgetRecord['scope'];
  readonly limits: BudgetLimits;
  /** What was spent before, e.g. by the runs of a batch that were finished earlier. */
  readonly spent?: Spending;
  /** Whether calls count that a call cache answered. Default: they do. */
  readonly replays?: boolean;
  /** Milliseconds. */
  readonly now?: () => number;
}

const units = { tokens: ' tokens', cost: ' US dollars', time: ' s' };

/** Time counts from now. */
export function openBudget({ scope, limits, spent, replays = true, now = Date.now }: BudgetOptions): Budget {
  const { tokens = Infinity, cost = Infinity, time = Infinity } = limits;
  const started = now();
  const inFlight = new Set<Spending>();
  let sum: Spending = spent ?? { tokens: 0, cost: 0 };
  let reached: Stop | undefined;
  let waiting: (() => void)[] = [];

  const elapsed = () => (now() - started) / 1000;
  const refuse = (kind: BudgetRecord['kind'], limit: number, used: number): never => {
    const words = `The next call would go beyond the ${scope}'s budget: ${rounded(used)} of ${limit}${units[kind]} used.`;
    reached = { reason: `budget-${kind}`, message: words };
    wake();
    throw new BudgetReached(reached);
  };
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  /** Until a call in flight has ended; those who waited longest look again first. */
  const change = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
    });

  return {
    get reached() {
      return reached;
    },
    async admit({ likely, most, time: expected }, signal) {
      for (;;) {
        signal?.throwIfAborted();
        if (reached) throw new BudgetReached(reached);
        if (sum.tokens + likely.tokens > tokens) refuse('tokens', tokens, sum.tokens);
        if (sum.cost + likely.cost > cost) refuse('cost', cost, sum.cost);
        if (elapsed() + expected / 1000 > time) refuse('time', time, elapsed());
        const reserved = total([sum, ...inFlight, most]);
        if (inFlight.size === 0 || (reserved.tokens <= tokens && reserved.cost <= cost)) break;
        await change(signal);
      }
      // Held by identity: two calls may be expected to take the same.
      const reservation = { ...most };
      inFlight.add(reservation);
      return (taken, replayed = false) => {
        if (!inFlight.delete(reservation)) return;
        if (replays || !replayed) sum = total([sum, taken]);
        wake();
      };
    },
    left: () => [
      ...(limits.tokens === undefined ? [] : [entry('tokens', tokens, sum.tokens)]),
      ...(limits.cost === undefined ? [] : [entry('cost', cost, sum.cost)]),
      ...(limits.time === undefined ? [] : [entry('time', time, elapsed())]),
    ],
  };

  function entry(kind: BudgetRecord['kind'], limit: number, used: number): BudgetRecord {
    return { scope, kind, limit, left: limit - used };
  }
}

function total(spendings: readonly Spending[]): Spending {
  return {
    tokens: spendings.reduce((sum, { tokens }) => sum + tokens, 0),
    cost: spendings.reduce((sum, { cost }) => sum + cost, 0),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
