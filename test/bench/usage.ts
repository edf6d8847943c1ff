/** What a process has used, as it tells on a lane of its own. */

export const usageLane = "usage";

export type Usage = {
  /** Milliseconds of processor time since the start, of all threads. */
  readonly cpu: number;
  /** Resident memory in MB, now and at its most since the start. */
  readonly memory: number;
  readonly mostMemory: number;
  /** The longest turn of the event loop since the last asking, in milliseconds of the clock. */
  readonly longestTurn: number;
  /** The same in processor time: what a busy machine does not change. */
  readonly longestWork: number;
};
