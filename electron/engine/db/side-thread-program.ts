/** What runs in the thread beside the engine: see side-thread.ts. */
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import type { SideAnswer, SideQuestion } from "./side-thread.ts";

const db = new Sqlite(String(workerData), { fileMustExist: true, timeout: 1000 });
db.pragma("synchronous = FULL");
db.pragma("trusted_schema = OFF");

parentPort?.on("message", (question: SideQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- an end between threads has no origin
  parentPort?.postMessage(answer(question));
});

function answer({ id, sql, parameters }: SideQuestion): SideAnswer {
  try {
    return { id, rows: db.prepare(sql).all(...parameters) };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : "SQLITE_ERROR";
    return { id, code, message: error instanceof Error ? error.message : String(error) };
  }
}
