/** How likely it is that somebody who meant one word typed another: letters swapped, doubled, or a key beside. */

const rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** How far a lower row of the keyboard stands to the right, in keys. */
const shift = 0.4;

const places = new Map(
  rows.flatMap((row, y) => Array.from(row, (key, x) => [key, { x: x + y * shift, y }] as const)),
);

/** What a slip costs that nothing makes likelier than others. */
const anySlip = 1;
const likelySlip = 0.6;

/** Whether two keys lie side by side on the commonest keyboards. */
export function areBeside(a: string, b: string): boolean {
  const first = places.get(a);
  const second = places.get(b);
  if (first === undefined || second === undefined) return false;
  return Math.abs(first.x - second.x) <= 1.1 && Math.abs(first.y - second.y) <= 1;
}

/** The cost of the first slip between two words that are one or two apart: from 0.6 to 1, 0 for none. */
export function slipCost(typed: string, meant: string): number {
  let at = 0;
  while (at < typed.length && typed.charAt(at) === meant.charAt(at)) at += 1;
  if (at === typed.length && at === meant.length) return 0;
  const [wrong, right] = [typed.charAt(at), meant.charAt(at)];
  if (typed.length > meant.length) {
    // One too many: its neighbour was hit with it, or the same key twice.
    return isLikely(wrong, typed.charAt(at - 1)) || isLikely(wrong, right) ? likelySlip : anySlip;
  }
  if (typed.length < meant.length) return right === meant.charAt(at - 1) ? likelySlip : anySlip;
  const swapped = wrong === meant.charAt(at + 1) && typed.charAt(at + 1) === right;
  return swapped || areBeside(wrong, right) ? likelySlip : anySlip;
}

function isLikely(key: string, other: string): boolean {
  return key === other || areBeside(key, other);
}
