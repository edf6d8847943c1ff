/** A map that forgets what was used longest ago once its values weigh too much together. */

export type BoundedCache<K, V> = {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => void;
  /** What is kept under the key, or found now and kept from then on. */
  readonly keep: (key: K, find: () => V) => V;
  readonly clear: () => void;
};

/** Builds an empty cache; `weigh` gives a value's part of `capacity`. */
export function createBoundedCache<K, V>(
  capacity: number,
  weigh: (value: V) => number,
): BoundedCache<K, V> {
  const entries = new Map<K, V>();
  let total = 0;

  function get(key: K): V | undefined {
    const value = entries.get(key);
    if (value === undefined) return undefined;
    // A Map remembers the order of insertion, so the first entries are the ones to forget.
    entries.delete(key);
    entries.set(key, value);
    return value;
  }

  function set(key: K, value: V): void {
    const old = entries.get(key);
    if (old !== undefined) total -= weigh(old);
    entries.delete(key);
    entries.set(key, value);
    total += weigh(value);
    for (const [oldest, stale] of entries) {
      if (total <= capacity || oldest === key) break;
      entries.delete(oldest);
      total -= weigh(stale);
    }
  }

  return {
    get,
    set,
    keep: (key, find) => {
      const known = get(key);
      if (known !== undefined) return known;
      const found = find();
      set(key, found);
      return found;
    },
    clear: () => {
      entries.clear();
      total = 0;
    },
  };
}
