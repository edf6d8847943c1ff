/** Counting the records of which somebody has to choose, which a frame does at every turn. */
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { Readable } from "#engine/db/database.ts";
import type { RecordStore } from "#engine/records/record-store.ts";
import { createConflicts } from "#engine/sync/conflicts.ts";
import { idOf } from "#test/support/record-views.ts";

function scene() {
  const db = new Sqlite(":memory:");
  db.exec(`CREATE TABLE contested (record TEXT PRIMARY KEY);
    CREATE TABLE record (id TEXT PRIMARY KEY, revision INTEGER, updated_at TEXT, removed_at TEXT, state TEXT);`);
  const asked: string[] = [];
  const open = new Set<string>();
  const put = db.prepare("INSERT OR REPLACE INTO record VALUES (?, ?, 'now', NULL, '{}')");
  const { count } = createConflicts({
    read: Object.assign(db, { readable: true as const }) satisfies Readable,
    store: {
      get: (id) => {
        asked.push(id);
        return { conflicts: open.has(id) ? [{}] : [] } as unknown as ReturnType<RecordStore["get"]>;
      },
    },
  });
  return {
    asked,
    open,
    count,
    write: (id: string, revision: number) => {
      db.prepare("INSERT OR IGNORE INTO contested VALUES (?)").run(id);
      put.run(id, revision);
    },
  };
}

test("a record is read once as it stands, and again when it was written", () => {
  const { asked, open, count, write } = scene();
  write(idOf(1), 1);
  write(idOf(2), 1);
  open.add(idOf(1));
  expect([count(), count(), count()]).toEqual([1, 1, 1]);
  expect(asked).toHaveLength(2);
  open.add(idOf(2));
  write(idOf(2), 2);
  expect(count()).toBe(2);
  open.delete(idOf(1));
  write(idOf(1), 2);
  expect(count()).toBe(1);
  expect(asked).toHaveLength(4);
});
