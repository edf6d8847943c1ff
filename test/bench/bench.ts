/** What every bench is: a function that measures and answers rows. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Row } from "./row.ts";

export type BenchOptions = {
  /** How many records, where the bench works on a generated workspace. */
  readonly size?: number;
};

export type Bench = (options: BenchOptions) => Promise<readonly Row[]>;

/** The bytes of all files below the folder. */
export function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
