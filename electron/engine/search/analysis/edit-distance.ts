/** Damerau-Levenshtein distance (restricted: no stretch is edited twice), given up early. */

/** Rows for words of ordinary length, used again for each pair; longer texts get their own. */
const usualLength = 65;
const usualRows = rowsFor(usualLength);

type Rows = readonly [Int32Array, Int32Array, Int32Array];

function rowsFor(length: number): Rows {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

/** Slips between two words: letters put in, left out, wrong or swapped; `limit + 1` for more. */
export function boundedDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [beforeLast, last, current] = b.length < usualLength ? usualRows : rowsFor(b.length + 1);
  for (let column = 0; column <= b.length; column += 1) last[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    current[0] = row;
    let least = row;
    const letter = a.charCodeAt(row - 1);
    for (let column = 1; column <= b.length; column += 1) {
      const same = letter === b.charCodeAt(column - 1);
      let best = (last[column - 1] ?? 0) + (same ? 0 : 1);
      best = Math.min(best, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (
        row > 1 &&
        column > 1 &&
        letter === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
      ) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current[column] = best;
      if (best < least) least = best;
    }
    if (least > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}
