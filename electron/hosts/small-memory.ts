/** How V8 is told to keep the memory of an engine's process small. Not what the engine itself keeps. */
import { setFlagsFromString } from "node:v8";

/**
 * Options of V8 for the engine's process: new objects have 24 MB, from the start and for good. V8 begins
 * with 3 and would tidy up six times until the window's first questions are answered, a fifth of the
 * work till then; and on plain Node it goes up to 96, of which building a search index has no gain.
 */
export const engineOptions: readonly string[] = [
  "--min-semi-space-size=8",
  "--max-semi-space-size=8",
];

/**
 * V8 lets garbage pile up to several times of what is alive, on a machine with much memory. An engine
 * stands beside everything else that somebody works with.
 */
export function keepMemorySmall(): void {
  setFlagsFromString("--heap-growing-percent=40");
}
