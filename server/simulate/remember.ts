/** Keeps the latest results of an asynchronous function by key; a failure is not kept. */
export function remember<T>(capacity: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (key, make) => {
    const kept = results.get(key);
    const result = kept ?? make();
    results.delete(key);
    results.set(key, result);
    if (!kept) result.catch(() => results.delete(key));
    const [oldest] = results.keys();
    if (results.size > capacity && oldest !== undefined) results.delete(oldest);
    return result;
  };
}
