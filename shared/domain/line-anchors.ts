/**
 * Finds lines by which two texts can be lined up before their words are compared: lines that stand
 * once in each, in the same order (the anchors of patience diff). It costs n log n, whatever the texts.
 */

/** The place of one line in both sequences. */
export type Anchor = { readonly at: number; readonly otherAt: number };

/** The longest list of anchors that rises in both sequences. */
export function lineAnchors(a: Int32Array, b: Int32Array): readonly Anchor[] {
  const places = uniquePlaces(b);
  const pairs: Anchor[] = [];
  for (const [code, at] of uniquePlaces(a)) {
    const otherAt = places.get(code);
    if (otherAt !== undefined) pairs.push({ at, otherAt });
  }
  return longestRise(pairs.toSorted((one, two) => one.at - two.at));
}

function uniquePlaces(codes: Int32Array): Map<number, number> {
  const seen = new Set<number>();
  const places = new Map<number, number>();
  for (const [index, code] of codes.entries()) {
    if (seen.has(code)) places.delete(code);
    else places.set(code, index);
    seen.add(code);
  }
  return places;
}

type Link = { readonly anchor: Anchor; readonly before: Link | undefined };

/** Patience sorting: each pile's top is the smallest end of a rising list of that length. */
function longestRise(pairs: readonly Anchor[]): readonly Anchor[] {
  const piles: Link[] = [];
  for (const anchor of pairs) {
    const pile = firstAtLeast(piles, anchor.otherAt);
    piles[pile] = { anchor, before: piles[pile - 1] };
  }
  const rise: Anchor[] = [];
  for (let link = piles.at(-1); link; link = link.before) rise.push(link.anchor);
  return rise.toReversed();
}

function firstAtLeast(piles: readonly Link[], otherAt: number): number {
  let low = 0;
  let high = piles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((piles[middle]?.anchor.otherAt ?? 0) < otherAt) low = middle + 1;
    else high = middle;
  }
  return low;
}
