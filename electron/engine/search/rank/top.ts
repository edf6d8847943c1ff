/** The best few of many, without sorting all of them. */

/** Positions of the `limit` greatest scores, greatest first; equal ones in their given order. */
export function topPositions(scores: ArrayLike<number>, limit: number): number[] {
  if (limit <= 0) return [];
  if (limit >= scores.length) {
    return Array.from({ length: scores.length }, (_, position) => position).toSorted((a, b) =>
      order(scores, a, b),
    );
  }
  // The worst of the best so far is at the root.
  const heap: number[] = [];
  let position = 0;
  for (; position < limit; position += 1) {
    heap.push(position);
    rise(scores, heap);
  }
  let worst = scores[heap[0] ?? 0] ?? 0;
  for (; position < scores.length; position += 1) {
    if ((scores[position] ?? 0) <= worst) continue;
    heap[0] = position;
    sink(scores, heap);
    worst = scores[heap[0] ?? 0] ?? 0;
  }
  return heap.toSorted((a, b) => order(scores, a, b));
}

function order(scores: ArrayLike<number>, a: number, b: number): number {
  return (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
}

function rise(scores: ArrayLike<number>, heap: number[]): void {
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (order(scores, heap[parent] ?? 0, heap[at] ?? 0) >= 0) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(scores: ArrayLike<number>, heap: number[]): void {
  let at = 0;
  for (;;) {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && order(scores, heap[child] ?? 0, heap[worst] ?? 0) > 0)
        worst = child;
    }
    if (worst === at) return;
    swap(heap, at, worst);
    at = worst;
  }
}

function swap(heap: number[], a: number, b: number): void {
  const value = heap[a] ?? 0;
  heap[a] = heap[b] ?? 0;
  heap[b] = value;
}
