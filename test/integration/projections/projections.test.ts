import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Readable } from "#engine/db/database.ts";
import { createLinks } from "#engine/links/create-links.ts";
import { createProjections } from "#engine/projections/projections.ts";
import type { Projector } from "#engine/projections/projector.ts";
import { createRecordFold } from "#engine/records/create-record-fold.ts";
import { createSearchProjector } from "#engine/search/index/search-projector.ts";
import type { Write } from "#shared/domain/change.ts";
import { newRecordId } from "#shared/domain/ids.ts";
import { insertForeignChanges } from "#test/support/foreign-changes.ts";
import { idleControl } from "#test/support/idle-control.ts";
import { play, reorder, steps, withId } from "#test/support/random-history.ts";
import { seeded } from "#test/support/seeded.ts";
import { createTestFoundation, type TestFoundation } from "#test/support/test-foundation.ts";

/** A projector that keeps one row for each record, and can be told to be of another version. */
function titles(version: number): Projector {
  const column = version === 1 ? "title" : "heading";
  return {
    name: "titles",
    version,
    schema: `CREATE TABLE IF NOT EXISTS titles (id TEXT PRIMARY KEY, ${column} TEXT) STRICT`,
    tables: ["titles"],
    clear: (db) => void db.prepare("DELETE FROM titles").run(),
    project: (db, record) => {
      db.prepare("INSERT OR REPLACE INTO titles VALUES (?, ?)").run(record.id, record.title);
    },
  };
}

function projectionsOf(foundation: TestFoundation, version = 1) {
  const links = createLinks({ databases: foundation.databases, describe: () => undefined });
  return createProjections({
    log: foundation.log,
    fold: createRecordFold({ log: foundation.log }),
    projectors: [createSearchProjector(), links.projector, titles(version)],
  });
}

async function write(foundation: TestFoundation, ...titlesToWrite: readonly string[]) {
  const { databases, log, clock } = foundation;
  const projections = projectionsOf(foundation);
  return databases.queue.run((db) => {
    const drafts = titlesToWrite.map((title) => ({
      record: newRecordId(clock),
      type: "lesson",
      action: newRecordId(clock),
      writes: [{ kind: "set", path: "title", value: title, after: [] } satisfies Write],
    }));
    return projections.apply(db, log.append(db, drafts));
  });
}

const titleRows = (db: Readable) =>
  db.prepare("SELECT title FROM record ORDER BY title").pluck().all();

describe("the projections", () => {
  test("of any history, folded change by change in any causal order, are those of a rebuild", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const projections = projectionsOf(foundation);
    await databases.queue.run((db) => projections.prepare(db));
    const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, picks, async (script, choice) => {
        const changes = reorder(play(script), choice);
        await databases.queue.run((db) => {
          db.exec("DELETE FROM change_log");
          projections.prepare(db);
        });
        await databases.queue.runLong((db) => projections.rebuild(db, idleControl));
        for (const change of changes) {
          await databases.queue.run((db) => {
            insertForeignChanges(db, [change]);
            projections.apply(db, [change]);
          });
        }
        using snapshot = databases.snapshot();
        expect(await projections.compare(snapshot, idleControl)).toEqual([]);
      }),
      seeded(77, 60),
    );
  });

  test("that somebody changed by hand are found, by their table", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const projections = projectionsOf(foundation);
    await databases.queue.run((db) => projections.prepare(db));
    await write(foundation, "Reply to a complaint", "Check the figures");
    const compare = async () => {
      using snapshot = databases.snapshot();
      return await projections.compare(snapshot, idleControl);
    };
    expect(await compare()).toEqual([]);
    await databases.queue.run((db) => db.exec("UPDATE titles SET title = 'x' WHERE rowid = 1"));
    expect(await compare()).toEqual([
      'What is stored in "titles" (2 rows) is not what the log says (2 rows). A rebuild mends it.',
    ]);
    await databases.queue.run((db) => db.exec("DELETE FROM record"));
    expect((await compare()).join()).toContain('"record" (0 rows)');
    await databases.queue.runLong((db) => projections.rebuild(db, idleControl));
    expect(await compare()).toEqual([]);
    expect(titleRows(databases.read)).toEqual(["Check the figures", "Reply to a complaint"]);
  });

  test("of another version are dropped with their tables and folded again", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const first = projectionsOf(foundation, 1);
    expect(await databases.queue.run((db) => first.prepare(db))).toBe(true);
    await write(foundation, "One", "Two");
    expect(await databases.queue.run((db) => first.prepare(db))).toBe(true);

    const second = projectionsOf(foundation, 2);
    expect(await databases.queue.run((db) => second.prepare(db))).toBe(false);
    // Until the rebuild has gone through, every start finds that it is needed.
    expect(await databases.queue.run((db) => second.prepare(db))).toBe(false);
    const records = await databases.queue.runLong((db) => second.rebuild(db, idleControl));
    expect(records).toBe(2);
    expect(await databases.queue.run((db) => second.prepare(db))).toBe(true);
    const headings = databases.read.prepare("SELECT heading FROM titles ORDER BY heading").pluck();
    expect(headings.all()).toEqual(["One", "Two"]);
  });

  test("stay as they were while a rebuild is at work, and when it is cancelled", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const projections = projectionsOf(foundation);
    await databases.queue.run((db) => projections.prepare(db));
    await write(foundation, "One", "Two");
    let seen: unknown[] = [];
    let cancelled = false;
    const rebuilding = databases.queue.runLong((db) =>
      projections.rebuild(db, {
        ...idleControl,
        cancelled: () => cancelled,
        breathe: async () => {
          seen = titleRows(databases.read);
          cancelled = true;
        },
      }),
    );
    await expect(rebuilding).rejects.toThrow("cancelled");
    expect(seen).toEqual(["One", "Two"]);
    expect(titleRows(databases.read)).toEqual(["One", "Two"]);
    expect(await databases.queue.run((db) => projections.prepare(db))).toBe(true);
  });

  test("keep records of a type that only a newer version knows", async () => {
    await using foundation = await createTestFoundation();
    const { databases, clock } = foundation;
    const projections = projectionsOf(foundation);
    await databases.queue.run((db) => projections.prepare(db));
    const [model] = play([{ do: "set", device: 0, path: "title", value: "Later" }]);
    const change = withId({
      ...model!.change,
      type: "ritual",
      record: newRecordId(clock),
      writes: [
        ...model!.change.writes,
        { kind: "counter", path: "votes", by: 2 },
        { kind: "set", path: "weather", value: { sun: true }, after: [] },
      ],
    });
    await databases.queue.run((db) => {
      insertForeignChanges(db, [change]);
      projections.apply(db, [change]);
    });
    const row = databases.read.prepare("SELECT type, fields FROM record").get() as {
      type: string;
      fields: string;
    };
    expect(row.type).toBe("ritual");
    expect(JSON.parse(row.fields)).toMatchObject({ title: "Later", weather: { sun: true } });
    using snapshot = databases.snapshot();
    expect(await projections.compare(snapshot, idleControl)).toEqual([]);
  });
});
