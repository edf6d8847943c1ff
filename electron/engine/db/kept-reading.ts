/** What was read from `workspace.db` stays the answer until somebody writes to it. */
import type { Databases, Readable } from "./database.ts";

/**
 * A reading that is made once for each state of the file. Inside a transaction, which sees what
 * nobody else sees yet, it is made anew.
 */
export function keptReading<T>(
  databases: Pick<Databases, "read" | "version">,
  read: (db: Readable) => T,
): (db: Readable) => T {
  let kept: { readonly version: number; readonly value: T } | undefined;
  return (db) => {
    if (db !== databases.read) return read(db);
    const version = databases.version();
    if (kept?.version !== version) kept = { version, value: read(db) };
    return kept.value;
  };
}
