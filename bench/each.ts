export interface EachOptions {
  /** Pieces of work at the same time. */
  readonly concurrency: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works on all items, several at a time, begun in their order. The first failure aborts what is at work, since each
 * further call may cost money.
 * @throws what the first failed piece of work threw; the signal's reason when aborted.
 */
export async function forEach<T>(
  items: readonly T[],
  { concurrency, signal }: EachOptions,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const failures: unknown[] = [];
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) {
      if (either.aborted) return;
      await work(item, either).catch((error: unknown) => {
        failures.push(error);
        stop.abort(error);
      });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
