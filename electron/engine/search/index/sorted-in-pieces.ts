/** All items in the order of their texts; one piece holds those that begin alike. */
export function* sortedInPieces<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): Iterable<readonly Item[]> {
  const pieces = Map.groupBy(items, (item) => textOf(item).charCodeAt(0));
  for (const first of [...pieces.keys()].toSorted((a, b) => a - b)) {
    yield (pieces.get(first) ?? []).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  }
}
