import { join } from 'node:path';
import { BudgetReached } from '../core/errors.ts';
import type { RunEvent } from '../core/event.ts';
import type { RunRecord } from '../core/record.ts';
import type { BatchItem } from './batch-items.ts';
import type { BatchStore } from './batch-store.ts';
import type { Budget } from './budget.ts';
import type { RefineOptions, RefineResult, Verisim } from './verisim.ts';
import { writeRecord } from './write.ts';

/** What became of one picture. */
export type BatchOutcome =
  /** It came to its end: a finished run, whether or not something rendered. */
  | { readonly kind: 'finished'; readonly item: BatchItem; readonly result: RefineResult }
  /** The picture could not be read, or something broke; the next start tries it again. */
  | {
      readonly kind: 'failed';
      readonly item: BatchItem;
      readonly error: unknown;
      readonly record: RunRecord | null;
    }
  /** The batch was stopped in its middle; the next start goes on with it. */
  | { readonly kind: 'interrupted'; readonly item: BatchItem; readonly record: RunRecord | null };

export interface BatchOptions {
  /** Pictures at work at once. */
  readonly concurrency: number;
  /** Where results go and what is finished is known from. Left out, nothing is written and nothing resumes. */
  readonly store?: BatchStore;
  /** What every run is made with. */
  readonly options?: Partial<
    Omit<RefineOptions, 'task' | 'name' | 'budget' | 'signal' | 'onEvent' | 'calls'>
  >;
  /** What all runs together may take; once it refuses a call, no further run begins. */
  readonly budget?: Budget;
  readonly signal?: AbortSignal;
  /** What listens to the events of one run. */
  readonly watch?: (item: BatchItem) => (event: RunEvent) => void;
  readonly onDone?: (outcome: BatchOutcome) => void;
}

/**
 * Refines many pictures, several at a time, those that are finished left out. Each is read when its turn comes
 * and forgotten when it is written; one that fails does not stop the rest. An abort ends the runs at work, keeps
 * what they have, and begins no other.
 * @throws the file system's error when results cannot be written.
 */
export async function refineBatch(
  verisim: Verisim,
  items: Iterable<BatchItem>,
  { concurrency, store, options, budget, signal, watch, onDone }: BatchOptions,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let broken = false;
  const work = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      if (signal?.aborted || broken || budget?.reached) return;
      if (store?.isDone(next.value)) continue;
      onDone?.(await one(next.value));
    }
  };
  await Promise.all(
    Array.from({ length: concurrency }, () =>
      work().catch((error: unknown) => {
        broken = true;
        throw error;
      }),
    ),
  );

  async function one(item: BatchItem): Promise<BatchOutcome> {
    const outcome = await refineOne(item);
    if (!store) return outcome;
    if (outcome.kind === 'finished') {
      await store.append(item, { record: outcome.result.record, error: null });
    } else if (outcome.kind === 'failed') {
      await store.append(item, { record: outcome.record, error: describe(outcome.error) });
    }
    return outcome;
  }

  async function refineOne(item: BatchItem): Promise<BatchOutcome> {
    const { image, run, task } = item;
    const own = budget && witnessed(budget);
    let result: RefineResult;
    try {
      result = await verisim.refine(image, {
        stages: 'together',
        ...options,
        task,
        ...(store && { calls: { folder: store.calls, run } }),
        ...(own && { budget: own.budget }),
        ...(signal && { signal }),
        ...(watch && { onEvent: watch(item) }),
      });
    } catch (error) {
      if (signal?.aborted) return { kind: 'interrupted', item, record: null };
      return { kind: 'failed', item, error, record: null };
    }
    const { record, pictures, error } = result;
    if (store) await writeRecord(join(store.folder, run), record, pictures);
    if (record.stopReason === 'cancelled' || own?.refused()) return { kind: 'interrupted', item, record };
    if (record.error !== null) return { kind: 'failed', item, error, record };
    return { kind: 'finished', item, result };
  }
}

/** The budget, and whether it refused a call of this one run. */
function witnessed(budget: Budget): { budget: Budget; refused: () => boolean } {
  let refused = false;
  return {
    refused: () => refused,
    budget: {
      get reached() {
        return budget.reached;
      },
      left: budget.left,
      admit: (estimate, signal) =>
        budget.admit(estimate, signal).catch((error: unknown) => {
          refused ||= error instanceof BudgetReached;
          throw error;
        }),
    },
  };
}

function describe(error: unknown): { name: string; message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
