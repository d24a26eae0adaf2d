/**
 * The one end of a process, a thread or a page, for listeners that come and go. A promise of it would keep what each job hangs on
 * it, and with that the job's result, for as long as the process lives.
 */
export interface Ending {
  happen(): void;
  /** Calls back when it happens, at once when it has; returns what takes the listener away. */
  on(listener: () => void): () => void;
}

export function ending(): Ending {
  const listeners = new Set<() => void>();
  let happened = false;
  return {
    happen() {
      happened = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
    on(listener) {
      if (happened) listener();
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
