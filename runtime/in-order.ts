import PQueue from 'p-queue';

export interface InOrderOptions {
  /** Pieces of work at the same time. */
  readonly concurrency: number;
  /** Results that may wait for an earlier one; beyond that no new work begins, so that memory is bounded. */
  readonly ahead: number;
}

/** Works on all items, several at a time, and gives the results in the order of the items. */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  { concurrency, ahead }: InOrderOptions,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const queue = new PQueue({ concurrency });
  const pending: Promise<R>[] = [];
  for (const item of items) {
    const first = pending.length >= ahead ? pending.shift() : undefined;
    if (first) yield await first;
    const result = queue.add(() => work(item));
    // It is awaited above or below; until then a rejection is not unheard.
    result.catch(() => undefined);
    pending.push(result);
  }
  for (const result of pending) yield await result;
}
