/** Keeps the values used last. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  /** The value kept, or the one made now. A promise that fails is not kept. */
  of(key: string, make: () => T): T;
}

export function recent<T>(most = 16): Recent<T> {
  const kept = new Map<string, T>();
  const set = (key: string, value: T) => {
    kept.delete(key);
    kept.set(key, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  };
  return {
    get: (key) => kept.get(key),
    set,
    of(key, make) {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = make();
      set(key, made);
      if (made instanceof Promise) made.catch(() => kept.delete(key));
      return made;
    },
  };
}
