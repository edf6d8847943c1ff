/** What runs in the thread beside the engine: see side-thread.ts. */
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import type { SideAnswer, SideQuestion } from "./side-thread.ts";

parentPort?.on("message", (question: SideQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- an end between threads has no origin
  parentPort?.postMessage(answer(question));
});

function answer({ id, sql, parameters }: SideQuestion): SideAnswer {
  try {
    return { id, rows: all(sql, parameters) };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : "SQLITE_ERROR";
    return { id, code, message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * On a connection of its own each time: full-text tables keep what they once read, and a check of one
 * that others wrote since would find what is not there.
 */
function all(sql: string, parameters: readonly string[]): readonly unknown[] {
  const db = new Sqlite(String(workerData), { fileMustExist: true, timeout: 1000 });
  try {
    db.pragma("synchronous = FULL");
    db.pragma("trusted_schema = OFF");
    return db.prepare(sql).all(...parameters);
  } finally {
    db.close();
  }
}
