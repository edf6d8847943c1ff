/** Cuts a long series into pieces of which each is one transaction. */

/** How many records one transaction of a long series touches: each waits for the disk once. */
const batch = 1000;

/** The same in their order, some at a time. */
export function* batchesOf<T>(all: Iterable<T>): Iterable<readonly T[]> {
  let some: T[] = [];
  for (const one of all) {
    if (some.push(one) < batch) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
