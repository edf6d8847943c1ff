/**
 * A map that forgets what was not used for long once its values weigh too much together. It keeps two
 * halves: what is used comes into the younger one, and when that is full the older one is forgotten.
 * An order of use would have to be changed at each look, which costs more than most looks save.
 */

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
  let younger = new Map<K, V>();
  let older = new Map<K, V>();
  /** What the values of the younger half weigh. */
  let total = 0;

  function get(key: K): V | undefined {
    const young = younger.get(key);
    if (young !== undefined) return young;
    const old = older.get(key);
    if (old !== undefined) set(key, old);
    return old;
  }

  function set(key: K, value: V): void {
    const before = younger.get(key);
    if (before !== undefined) total -= weigh(before);
    const weight = weigh(value);
    if (total + weight > capacity / 2) {
      older = younger;
      younger = new Map();
      total = 0;
    }
    younger.set(key, value);
    total += weight;
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
      younger.clear();
      older.clear();
      total = 0;
    },
  };
}
