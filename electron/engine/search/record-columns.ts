/**
 * What has to be at hand of every record for filters, counts and the switcher, as columns: 100,000
 * objects would be ten times as much memory, and each collection of garbage would go through all of
 * them in the middle of somebody's typing.
 */

export type RecordColumns = {
  /** One above the highest number. */
  readonly bound: () => number;
  /** How many records there are. */
  readonly size: () => number;
  readonly has: (number: number) => boolean;
  readonly put: (number: number, row: ColumnRow) => void;
  readonly drop: (number: number) => void;
  /** By number: what the record's state makes of its score, 0 where there is no record. */
  readonly standings: () => Float32Array;
  /** By number: the letters of the title, see letter-mask.ts; 0 where there is no record. */
  readonly letters: () => Int32Array;
  /** The title's folded words with single spaces. */
  readonly folded: (number: number) => string;
  /** Milliseconds since 1970, UTC. */
  readonly updated: (number: number) => number;
  readonly stamp: (number: number) => number;
  /** The number of every record, ascending. */
  readonly numbers: () => Int32Array;
  /** The mark of the record's type. */
  readonly typeMark: (number: number) => number;
  /** By number: 1 for each record that has one of the marks. */
  readonly withAny: (marks: ReadonlySet<number>) => Uint8Array;
  /** By number: 1 for each record that was changed then or later; milliseconds since 1970, UTC. */
  readonly since: (moment: number) => Uint8Array;
  /** Adds to the counts, which go by mark, how many of the records have each. */
  readonly countMarks: (numbers: Int32Array, counts: Int32Array) => void;
  readonly clear: () => void;
};

export type ColumnRow = {
  readonly standing: number;
  readonly letters: number;
  readonly folded: string;
  readonly updated: number;
  readonly stamp: number;
  /** The mark of each value that an operator can ask for; that of the type comes first. */
  readonly marks: readonly number[];
};

/** Builds empty columns. */
export function createRecordColumns(): RecordColumns {
  let standings = new Float32Array(1024);
  let letters = new Int32Array(1024);
  let updated = new Float64Array(1024);
  let stamps = new Float64Array(1024);
  const folded: string[] = [];
  let size = 0;
  /** All marks one record after another; where each record's start, and behind which they end. */
  let pool = new Int32Array(4096);
  let pooled = 0;
  /** One above the greatest mark. */
  let kinds = 0;
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);

  function makeRoom(number: number): void {
    // Holes would turn the array into a slow dictionary.
    while (folded.length <= number) folded.push("");
    if (number < standings.length) return;
    const room = number * 2;
    standings = widened(standings, new Float32Array(room));
    letters = widened(letters, new Int32Array(room));
    updated = widened(updated, new Float64Array(room));
    stamps = widened(stamps, new Float64Array(room));
    starts = widened(starts, new Int32Array(room));
    ends = widened(ends, new Int32Array(room));
  }

  /** The marks of a changed record are written again in their place, or behind all others. */
  function putMarks(number: number, marks: readonly number[]): void {
    const room = (ends[number] ?? 0) - (starts[number] ?? 0);
    let start = starts[number] ?? 0;
    if (marks.length > room) {
      start = pooled;
      pooled += marks.length;
      if (pooled > pool.length) pool = widened(pool, new Int32Array(pooled * 2));
    }
    pool.set(marks, start);
    for (const mark of marks) kinds = Math.max(kinds, mark + 1);
    starts[number] = start;
    ends[number] = start + marks.length;
  }

  return {
    bound: () => folded.length,
    size: () => size,
    has: (number) => (standings[number] ?? 0) > 0,
    put: (number, row) => {
      makeRoom(number);
      if ((standings[number] ?? 0) === 0) size += 1;
      standings[number] = row.standing;
      letters[number] = row.letters;
      updated[number] = row.updated;
      stamps[number] = row.stamp;
      folded[number] = row.folded;
      putMarks(number, row.marks);
    },
    drop: (number) => {
      if ((standings[number] ?? 0) === 0) return;
      size -= 1;
      standings[number] = 0;
      letters[number] = 0;
      updated[number] = 0;
      folded[number] = "";
      ends[number] = starts[number] ?? 0;
    },
    standings: () => standings,
    letters: () => letters,
    folded: (number) => folded[number] ?? "",
    updated: (number) => updated[number] ?? 0,
    stamp: (number) => stamps[number] ?? 0,
    numbers: () => present(standings, { size, bound: folded.length }),
    typeMark: (number) => pool[starts[number] ?? 0] ?? 0,
    withAny: (marks) => marked({ starts, ends, pool }, wantedOf(marks, kinds), folded.length),
    since: (moment) => from(updated, moment, folded.length),
    countMarks: (numbers, counts) => count({ numbers, starts, ends, pool }, counts),
    clear: () => {
      standings.fill(0);
      letters.fill(0);
      starts.fill(0);
      ends.fill(0);
      folded.length = 0;
      pooled = 0;
      size = 0;
    },
  };
}

type MarkLists = {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly pool: Int32Array;
};

/** The loops are on their own, as a variable that a closure shares costs several times as much in them. */
function count(
  { numbers, starts, ends, pool }: MarkLists & { readonly numbers: Int32Array },
  counts: Int32Array,
): void {
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? 0;
    const end = ends[number] ?? 0;
    for (let at = starts[number] ?? 0; at < end; at += 1) {
      const mark = pool[at] ?? 0;
      counts[mark] = (counts[mark] ?? 0) + 1;
    }
  }
}

/** By mark, 1 for those; with room for every mark there is, as reading past an end is slow. */
function wantedOf(marks: ReadonlySet<number>, kinds: number): Uint8Array {
  const wanted = new Uint8Array(kinds);
  for (const mark of marks) wanted[mark] = 1;
  return wanted;
}

function marked({ starts, ends, pool }: MarkLists, wanted: Uint8Array, bound: number): Uint8Array {
  const found = new Uint8Array(bound);
  for (let number = 0; number < bound; number += 1) {
    const end = ends[number] ?? 0;
    let any = 0;
    for (let at = starts[number] ?? 0; at < end; at += 1) any |= wanted[pool[at] ?? 0] ?? 0;
    found[number] = any;
  }
  return found;
}

function from(updated: Float64Array, moment: number, bound: number): Uint8Array {
  const found = new Uint8Array(bound);
  for (let number = 0; number < bound; number += 1) {
    found[number] = (updated[number] ?? 0) >= moment ? 1 : 0;
  }
  return found;
}

function present(
  standings: Float32Array,
  { size, bound }: { readonly size: number; readonly bound: number },
): Int32Array {
  const numbers = new Int32Array(size);
  let next = 0;
  for (let number = 0; number < bound; number += 1) {
    if ((standings[number] ?? 0) > 0) numbers[next++] = number;
  }
  return numbers;
}

function widened<A extends Float32Array | Float64Array | Int32Array>(before: A, wide: A): A {
  wide.set(before);
  return wide;
}
