import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { createCheckpoints } from "#engine/db/checkpoint.ts";
import type { Databases } from "#engine/db/database.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const page = "x".repeat(4000);

async function write(databases: Databases, pages: number): Promise<void> {
  await databases.queue.run((db) => {
    db.exec("CREATE TABLE IF NOT EXISTS filling (text TEXT)");
    const insert = db.prepare("INSERT INTO filling VALUES (?)");
    for (let count = 0; count < pages; count += 1) insert.run(page);
  });
}

test("the log is not written on for ever while something reads: the next writer waits for a copy", async () => {
  using folder = temporaryFolder();
  const databases = openDatabases(folder.path);
  try {
    for (let round = 0; round < 20; round += 1) await write(databases, 3000);
    const log = statSync(`${databases.files.workspace}-wal`).size;
    expect(log).toBeLessThan(60 * 3000 * 4096 * 0.9);
    expect(databases.read.prepare("SELECT count(*) FROM filling").pluck().get()).toBe(60_000);
  } finally {
    databases.close();
  }
});

test("a process that has nothing else to do waits for its answer, and then ends", () => {
  using folder = temporaryFolder();
  const module = JSON.stringify(
    new URL("../../../electron/engine/db/open-databases.ts", import.meta.url),
  );
  const program = `
    const { openDatabases } = await import(${module});
    const databases = openDatabases(process.argv[1]);
    const [row] = await databases.aside("SELECT 7 AS told");
    process.stdout.write(String(row.told));
    await databases.aside("SELECT 8");`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", program, folder.path], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(ran).toMatchObject({ status: 0, stdout: "7", stderr: "" });
});

test("where there can be no thread, the copy is made by the engine itself", async () => {
  using folder = temporaryFolder();
  const db = new Sqlite(path.join(folder.path, "some.db"));
  try {
    db.pragma("journal_mode = WAL");
    db.pragma("wal_autocheckpoint = 0");
    db.exec("CREATE TABLE filling (text TEXT)");
    const insert = db.prepare("INSERT INTO filling VALUES (?)");
    db.transaction(() => {
      for (let count = 0; count < 2000; count += 1) insert.run(page);
    })();
    const refused = Promise.withResolvers<void>();
    const copy = async () => {
      refused.resolve();
      throw new Error("There can be no thread here.");
    };
    createCheckpoints({ db, copy }).consider();
    await refused.promise;
    await Promise.resolve();
    const row = db.prepare("PRAGMA wal_checkpoint(NOOP)").get();
    expect(row).toMatchObject({ busy: 0 });
    expect(row).toHaveProperty("log", (row as { checkpointed: number }).checkpointed);
  } finally {
    db.close();
  }
});

test("a statement that cannot be answered beside the engine fails as it would in it", async () => {
  using folder = temporaryFolder();
  const databases = openDatabases(folder.path);
  try {
    await expect(databases.aside("SELECT * FROM nowhere")).rejects.toMatchObject({
      code: "SQLITE_ERROR",
      message: "no such table: nowhere",
    });
    expect(await databases.aside("SELECT ? AS text", "told")).toEqual([{ text: "told" }]);
  } finally {
    databases.close();
  }
});
