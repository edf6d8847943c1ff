import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openDatabases } from "#engine/db/open-databases.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

function open(profile: string, options?: { readonly patience: number }) {
  const databases = openDatabases(profile, options);
  return Object.assign(databases, { [Symbol.dispose]: databases.close });
}

const makeTable = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT";

describe("a profile's databases", () => {
  test("are made where there are none, for their owner alone", async () => {
    using folder = temporaryFolder();
    const profile = path.join(folder.path, "deep", "profile");
    using databases = open(profile);
    expect(statSync(profile).mode & 0o777).toBe(0o700);
    expect(statSync(databases.files.workspace).mode & 0o777).toBe(0o600);
    expect(statSync(databases.files.local).mode & 0o777).toBe(0o600);
    expect(databases.local.pragma("journal_mode", { simple: true })).toBe("wal");
    // A commit that was answered outlives the power: no kill of a process can show that.
    const full = (db: Sqlite.Database) => db.pragma("synchronous", { simple: true });
    expect(full(databases.local)).toBe(2);
    expect(await databases.queue.run((db) => full(db))).toBe(2);
    expect(databases.local.pragma("foreign_keys", { simple: true })).toBe(1);
  });

  test("have STRICT tables only", () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    for (const db of [databases.read, databases.local]) {
      const loose = db
        .prepare(
          "SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
        )
        .all();
      expect(loose).toEqual([]);
    }
  });

  test("open again with what was in them", async () => {
    using folder = temporaryFolder();
    {
      using first = open(folder.path);
      await first.queue.run((db) => db.exec(`${makeTable}; INSERT INTO note VALUES (1, 'kept')`));
    }
    using second = open(folder.path);
    expect(second.read.prepare("SELECT text FROM note").pluck().all()).toEqual(["kept"]);
  });

  test("of a newer version are refused with a sentence that says what to do", () => {
    using folder = temporaryFolder();
    open(folder.path).close();
    const db = new Sqlite(path.join(folder.path, "workspace.db"));
    db.pragma("user_version = 9000");
    db.close();
    expect(() => open(folder.path)).toThrow(
      expect.objectContaining({
        code: "newer_database",
        message: expect.stringContaining("Install the newer version"),
      }),
    );
  });

  test("of another program are left alone", () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, "local.db");
    const db = new Sqlite(file);
    db.exec("CREATE TABLE theirs (a)");
    db.close();
    expect(() => open(folder.path)).toThrow(expect.objectContaining({ code: "foreign_database" }));
    const again = new Sqlite(file);
    expect(again.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["theirs"]);
    again.close();
  });

  test("that are no databases are named as damaged", () => {
    using folder = temporaryFolder();
    writeFileSync(path.join(folder.path, "workspace.db"), "Dear diary, ".repeat(1000));
    expect(() => open(folder.path)).toThrow(expect.objectContaining({ code: "damaged" }));
  });

  test("in a place where a folder stands fail with a sentence, not with a stack", () => {
    using folder = temporaryFolder();
    mkdirSync(path.join(folder.path, "workspace.db"));
    expect(() => open(folder.path)).toThrow(expect.objectContaining({ code: "cannot_open" }));
  });
});

describe("the write queue", () => {
  test("runs writers in the order they came, each alone", async () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    await databases.queue.run((db) => db.exec(makeTable));
    const order: string[] = [];
    const long = databases.queue.runLong(async (db) => {
      order.push("long begins");
      db.exec("INSERT INTO note VALUES (1, 'long')");
      await new Promise((resolve) => setImmediate(resolve));
      order.push("long ends");
    });
    const short = databases.queue.run((db) => {
      order.push("short");
      db.exec("INSERT INTO note VALUES (2, 'short')");
    });
    await Promise.all([long, short]);
    expect(order).toEqual(["long begins", "long ends", "short"]);
  });

  test("lets reads see the old rows while a long writer is at work, and the new ones after it", async () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    await databases.queue.run((db) => db.exec(`${makeTable}; INSERT INTO note VALUES (1, 'old')`));
    const gate = Promise.withResolvers<void>();
    const before = databases.version();
    const long = databases.queue.runLong(async (db) => {
      db.exec("DELETE FROM note; INSERT INTO note VALUES (1, 'new')");
      await gate.promise;
    });
    await new Promise((resolve) => setImmediate(resolve));
    const text = databases.read.prepare("SELECT text FROM note").pluck();
    expect(text.get()).toBe("old");
    expect(databases.version()).toBe(before);
    using snapshot = databases.snapshot();
    gate.resolve();
    await long;
    expect(text.get()).toBe("new");
    expect(databases.version()).not.toBe(before);
    expect(snapshot.prepare("SELECT text FROM note").pluck().get()).toBe("old");
  });

  test("copies what a long writer wrote into the file when it is much, and leaves little for later", async () => {
    using folder = temporaryFolder();
    const databases = openDatabases(folder.path);
    const fill = (rows: number) =>
      databases.queue.runLong(async (db) => {
        const insert = db.prepare("INSERT INTO filling VALUES (?)");
        for (let row = 0; row < rows; row += 1) insert.run("x".repeat(3000));
      });
    using other = new DisposableStack();
    const second = other.adopt(new Sqlite(databases.files.workspace), (db) => db.close());
    const waiting = () => {
      const state = second.prepare("PRAGMA wal_checkpoint(NOOP)").get();
      const { log, checkpointed } = state as { log: number; checkpointed: number };
      return log - checkpointed;
    };
    await databases.queue.run((db) => db.exec("CREATE TABLE filling (a TEXT) STRICT"));
    const before = waiting();
    await fill(10);
    expect(waiting()).toBeGreaterThanOrEqual(before + 10);
    await fill(2000);
    // The thread answers in turn: what it was asked before has been done by then.
    await databases.aside("SELECT 1");
    expect(waiting()).toBe(0);
    databases.close();
  });

  test("takes back what a failing writer did, and goes on with the next", async () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    await databases.queue.run((db) => db.exec(makeTable));
    const failing = databases.queue.runLong(async (db) => {
      db.exec("INSERT INTO note VALUES (1, 'half')");
      await Promise.reject(new Error("no"));
    });
    const next = databases.queue.run((db) => db.prepare("SELECT count(*) FROM note").pluck().get());
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe(0);
  });

  test("cannot be written around: the reading handle refuses", () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    expect(() => databases.read.prepare("DELETE FROM change_log").run()).toThrow(/readonly/u);
  });

  test("waits for another process's writer, and gives up with a sentence", async () => {
    using folder = temporaryFolder();
    using databases = open(folder.path, { patience: 80 });
    using other = open(folder.path, { patience: 5000 });
    await databases.queue.run((db) => db.exec(makeTable));
    const gate = Promise.withResolvers<void>();
    const holding = other.queue.runLong(async (db) => {
      db.exec("INSERT INTO note VALUES (1, 'theirs')");
      await gate.promise;
    });
    const insert = "INSERT INTO note VALUES (2, 'ours')";
    await expect(databases.queue.run((db) => db.exec(insert))).rejects.toMatchObject({
      code: "busy",
    });
    gate.resolve();
    await holding;
    await databases.queue.run((db) => db.exec(insert));
    expect(databases.changedElsewhere()).toBe(true);
    expect(databases.changedElsewhere()).toBe(false);
    expect(other.read.prepare("SELECT count(*) FROM note").pluck().get()).toBe(2);
  });

  test("says that the disk is full when it is, and loses nothing that was there", async () => {
    using folder = temporaryFolder();
    using databases = open(folder.path);
    await databases.queue.run((db) => {
      db.exec(`${makeTable}; INSERT INTO note VALUES (1, 'kept')`);
      // As a full disk does: not one page more.
      db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true }))}`);
    });
    const big = databases.queue.run((db) =>
      db.prepare("INSERT INTO note VALUES (2, ?)").run("x".repeat(100_000)),
    );
    await expect(big).rejects.toMatchObject({ code: "disk_full" });
    expect(databases.read.prepare("SELECT text FROM note").pluck().all()).toEqual(["kept"]);
  });

  test("rolls back a long writer that is at work when the databases are closed", async () => {
    using folder = temporaryFolder();
    const databases = openDatabases(folder.path);
    await databases.queue.run((db) => db.exec(makeTable));
    const gate = Promise.withResolvers<void>();
    const long = databases.queue.runLong(async (db) => {
      db.exec("INSERT INTO note VALUES (1, 'half')");
      await gate.promise;
    });
    await new Promise((resolve) => setImmediate(resolve));
    databases.close();
    databases.close();
    gate.resolve();
    await expect(long).rejects.toThrow();
    using again = open(folder.path);
    expect(again.read.prepare("SELECT count(*) FROM note").pluck().get()).toBe(0);
  });
});
