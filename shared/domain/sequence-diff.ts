/**
 * Compares two sequences of integers: Myers' greedy algorithm ("An O(ND) Difference Algorithm and
 * its Variations", 1986), with a bound on its work, since its worst case is quadratic.
 */

/** A stretch that differs: positions in the one sequence and in the other, ends excluded. */
export type Difference = {
  readonly start: number;
  readonly end: number;
  readonly otherStart: number;
  readonly otherEnd: number;
};

/** What may still be spent; several comparisons can share one. A step takes a few nanoseconds. */
export type Work = { steps: number };

/** More edits than this are not searched for: the trace would need 4 bytes times its square. */
const maxEdits = 1000;

type Search = { readonly trace: readonly Int32Array[]; readonly edits: number };

/** The shortest list of changes that turns `a` into `b`; undefined when the bound is met first. */
export function diffSequences(
  a: Int32Array,
  b: Int32Array,
  work: Work,
): readonly Difference[] | undefined {
  const prefix = commonPrefix(a, b);
  const suffix = commonSuffix(a.subarray(prefix), b.subarray(prefix));
  const from = a.subarray(prefix, a.length - suffix);
  const to = b.subarray(prefix, b.length - suffix);
  if (from.length === 0 && to.length === 0) return [];
  if (from.length === 0 || to.length === 0) return [wholeDifference(from, to, prefix)];
  const found = search(from, to, work);
  return found && walkBack(found, from.length, to.length).map((change) => shift(change, prefix));
}

function wholeDifference(from: Int32Array, to: Int32Array, by: number): Difference {
  return shift({ start: 0, end: from.length, otherStart: 0, otherEnd: to.length }, by);
}

function shift(change: Difference, by: number): Difference {
  return {
    start: change.start + by,
    end: change.end + by,
    otherStart: change.otherStart + by,
    otherEnd: change.otherEnd + by,
  };
}

function commonPrefix(a: Int32Array, b: Int32Array): number {
  const length = Math.min(a.length, b.length);
  let count = 0;
  while (count < length && a[count] === b[count]) count += 1;
  return count;
}

function commonSuffix(a: Int32Array, b: Int32Array): number {
  const length = Math.min(a.length, b.length);
  let count = 0;
  while (count < length && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}

/**
 * Finds how many edits are needed. `trace[d]` holds, for each diagonal from -d to d, how far along
 * `a` one gets with d edits.
 */
function search(a: Int32Array, b: Int32Array, work: Work): Search | undefined {
  const limit = Math.min(a.length + b.length, maxEdits);
  const trace: Int32Array[] = [];
  let previous = new Int32Array(1);
  for (let edits = 0; edits <= limit; edits += 1) {
    const reached = new Int32Array(2 * edits + 1);
    trace.push(reached);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const start = edits === 0 ? 0 : furthest(previous, edits - 1, diagonal);
      let x = start;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached[diagonal + edits] = x;
      work.steps -= 1 + x - start;
      if (diagonal === a.length - b.length && x >= a.length) return { trace, edits };
    }
    if (work.steps < 0) return undefined;
    previous = reached;
  }
  return undefined;
}

/** The better of one step down (an insertion) from above and one step right (a deletion). */
function furthest(reached: Int32Array, edits: number, diagonal: number): number {
  const down = diagonal + 1 > edits ? -1 : (reached[diagonal + 1 + edits] ?? -1);
  const right = diagonal - 1 < -edits ? -1 : (reached[diagonal - 1 + edits] ?? -1);
  return right >= down ? right + 1 : down;
}

function walkBack({ trace, edits }: Search, lengthA: number, lengthB: number): Difference[] {
  const changes: Difference[] = [];
  let x = lengthA;
  let y = lengthB;
  for (let left = edits; left > 0; left -= 1) {
    const reached = trace[left - 1] ?? new Int32Array(1);
    const diagonal = x - y;
    const down = diagonal + 1 > left - 1 ? -1 : (reached[diagonal + left] ?? -1);
    const right = diagonal - 1 < 1 - left ? -1 : (reached[diagonal + left - 2] ?? -1);
    const inserted = right < down;
    const fromX = inserted ? down : right;
    const fromY = inserted ? down - diagonal - 1 : right - diagonal + 1;
    prepend(changes, {
      start: fromX,
      end: inserted ? fromX : fromX + 1,
      otherStart: fromY,
      otherEnd: inserted ? fromY + 1 : fromY,
    });
    x = fromX;
    y = fromY;
  }
  return changes.toReversed();
}

/** `changes` runs backwards here; steps that touch become one change. */
function prepend(changes: Difference[], step: Difference): void {
  const next = changes.at(-1);
  if (next && step.end === next.start && step.otherEnd === next.otherStart) {
    changes[changes.length - 1] = {
      ...next,
      start: step.start,
      otherStart: step.otherStart,
    };
  } else {
    changes.push(step);
  }
}
