/** Runs of sequence numbers: which parts of a stream some files hold. */

/** From `first` to `last`, both included. */
export type Range = { readonly first: number; readonly last: number };

/** The same numbers as few runs as possible, in order. */
export function joinRanges(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before !== undefined && range.first <= before.last + 1) {
      joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** Whether every number of the range lies in one of the joined runs. */
export function isCovered(range: Range, joined: readonly Range[]): boolean {
  return joined.some(({ first, last }) => first <= range.first && range.last <= last);
}
