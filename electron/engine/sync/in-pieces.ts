/** Does long work of a transaction piece by piece, so that others are answered in between. */

/** What the work comes to. */
export async function inPieces<Value>(
  work: Iterable<unknown, Value>,
  breathe: () => Promise<void>,
): Promise<Value> {
  const pieces = work[Symbol.iterator]();
  let piece = pieces.next();
  for (; piece.done !== true; piece = pieces.next()) await breathe();
  return piece.value;
}
