/** Makes a thing once for each owner and name, and lets go of it with its owner. */
export function keptBy<T>(): (owner: object, name: string, make: () => T) => T {
  const kept = new WeakMap<object, Map<string, T>>();
  return (owner, name, make) => {
    const own = kept.get(owner) ?? new Map<string, T>();
    kept.set(owner, own);
    const thing = own.get(name) ?? make();
    own.set(name, thing);
    return thing;
  };
}
