/** Text in an order that is the same on every device, whatever its language. */

/** By code units; for `toSorted`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
