/**
 * A function over one item from one over many: the items that come while a batch is under way make up the next one,
 * in their order, up to a total size.
 */
export function batched<Item, Result>(
  all: (items: readonly Item[]) => Promise<readonly Result[]>,
  sizeOf: (item: Item) => number,
  maxSize: number,
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      let [count, size] = [0, 0];
      for (const { item } of waiting) {
        size += sizeOf(item);
        if (count > 0 && size > maxSize) break;
        count += 1;
      }
      const batch = waiting.splice(0, count);
      try {
        const results = await all(batch.map(({ item }) => item));
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index];
          if (result === undefined) reject(new Error('A batch gave fewer results than it was given items.'));
          else resolve(result);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  }

  return (item) => {
    const done = Promise.withResolvers<Result>();
    waiting.push({ item, resolve: done.resolve, reject: done.reject });
    // Not before whoever asks at the same time has done so as well.
    if (!running) queueMicrotask(() => void (running || run()));
    return done.promise;
  };
}
