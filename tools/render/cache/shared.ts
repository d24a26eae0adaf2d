/** Work that several wait for. */
export interface SharedWork<T> {
  /** Waits for the work's end; rejects with the signal's reason, at once, when that is aborted before. */
  join(signal?: AbortSignal): Promise<T>;
}

/**
 * Starts work that is aborted only when nobody waits for it any more.
 * @param over called once, when the work has ended or is being aborted: nobody may join from then on
 */
export function sharedWork<T>(work: (signal: AbortSignal) => Promise<T>, over: () => void): SharedWork<T> {
  const controller = new AbortController();
  // Begun after this function has returned, so that `over` never comes before.
  const result = Promise.resolve().then(() => work(controller.signal));
  result.then(over, over);
  let waiting = 0;
  return {
    async join(signal) {
      waiting += 1;
      const aborted = Promise.withResolvers<never>();
      const abort = () => aborted.reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return await Promise.race([result, aborted.promise]);
      } finally {
        signal?.removeEventListener('abort', abort);
        waiting -= 1;
        if (waiting === 0) {
          over();
          controller.abort(signal?.reason);
        }
      }
    },
  };
}
