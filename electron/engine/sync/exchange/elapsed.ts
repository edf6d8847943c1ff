/**
 * How long ago something was by a clock that people set. One that was set back tells nothing about
 * the time since: then it counts as long ago, or a laptop that was once a year ahead would wait for
 * a year.
 */
export function elapsed(since: number, now: number): number {
  return now < since ? Infinity : now - since;
}
