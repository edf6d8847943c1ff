import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Readable } from "#engine/db/database.ts";
import { createLinks } from "#engine/links/create-links.ts";
import { createProjections } from "#engine/projections/projections.ts";
import type { ProjectedRecord, Projector } from "#engine/projections/projector.ts";
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

function projectionsOf(foundation: TestFoundation, version = 1, more: Partial<Projector> = {}) {
  const links = createLinks({ databases: foundation.databases, describe: () => undefined });
  return createProjections({
    log: foundation.log,
    fold: createRecordFold({ log: foundation.log }),
    projectors: [createSearchProjector(), links.projector, { ...titles(version), ...more }],
  });
}

async function write(
  foundation: TestFoundation,
  titlesToWrite: readonly string[],
  projections = projectionsOf(foundation),
) {
  const { databases, log, clock } = foundation;
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

function inOrder(records: readonly ProjectedRecord[]): readonly ProjectedRecord[] {
  return records.toSorted((one, other) => (one.id < other.id ? -1 : 1));
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
    await write(foundation, ["Reply to a complaint", "Check the figures"]);
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
    await write(foundation, ["One", "Two"]);
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

  test("of another version leave the tables of all others as they are", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    await databases.queue.run((db) => projectionsOf(foundation).prepare(db));
    await write(foundation, ["One", "Two"]);
    // Whatever reads the log again would mend this.
    await databases.queue.run((db) => db.exec("UPDATE record SET summary = 'left alone'"));
    const second = projectionsOf(foundation, 2);
    await databases.queue.run((db) => second.prepare(db));
    expect(second.mayOpen(databases.read)).toBe(false);
    expect(second.areCurrent(databases.read, ["record", "search", "links"])).toBe(true);
    await databases.queue.runLong((db) => second.refill(db, idleControl));
    expect(second.areCurrent(databases.read)).toBe(true);
    const rows = databases.read.prepare("SELECT summary FROM record").pluck().all();
    expect(rows).toEqual(["left alone", "left alone"]);
    const headings = databases.read.prepare("SELECT heading FROM titles ORDER BY heading").pluck();
    expect(headings.all()).toEqual(["One", "Two"]);
  });

  test("that may lag are filled from the newest record on, and writers come in between", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const { read, queue } = databases;
    await queue.run((db) => projectionsOf(foundation).prepare(db));
    const names = Array.from({ length: 350 }, (_, index) => `Title ${index}`);
    const old = inOrder(await write(foundation, names));
    const second = projectionsOf(foundation, 2, { mayLag: true });
    await queue.run((db) => second.prepare(db));
    expect(second.mayOpen(read)).toBe(true);
    const headings = () => read.prepare("SELECT heading FROM titles").pluck().all();
    const seen = new Set<number>();
    const written: Promise<unknown>[] = [];
    let breaths = 0;
    const breathe = async () => {
      const rows = headings();
      seen.add(rows.length);
      if (rows.length > 0) expect(rows).toContain(old.at(-1)?.title);
      if (rows.length < 350) expect(rows).not.toContain(old[0]?.title);
      breaths += 1;
      if (breaths % 80 !== 0 || written.length === 3) return;
      written.push(write(foundation, [`Meanwhile ${written.length}`], second));
    };
    await second.fill(databases, { ...idleControl, breathe });
    await Promise.all(written);
    expect(written).toHaveLength(3);
    // Three writers waited, so the filling was parted into four transactions at least.
    expect(seen.size).toBeGreaterThan(3);
    expect(headings()).toHaveLength(353);
    expect(second.areCurrent(read)).toBe(true);
    using snapshot = databases.snapshot();
    expect(await second.compare(snapshot, idleControl)).toEqual([]);
  });

  test("that may lag go on where a filling was stopped, whichever records were written since", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    await databases.queue.run((db) => projectionsOf(foundation).prepare(db));
    const names = Array.from({ length: 250 }, (_, index) => `Title ${index}`);
    const old = inOrder(await write(foundation, names));
    const second = projectionsOf(foundation, 2, { mayLag: true });
    await databases.queue.run((db) => second.prepare(db));
    let cancelled = false;
    const stopped = { ...idleControl, cancelled: () => cancelled, report: () => {} };
    const stop = { ...stopped, breathe: async () => void (cancelled = true) };
    await second.fill(databases, stop);
    const rows = () => new Set(databases.read.prepare("SELECT heading FROM titles").pluck().all());
    expect(rows().size).toBe(100);
    const rename = (index: number, value: string) =>
      databases.queue.run((db) => {
        const record = old[index]!.id;
        const set: Write = { kind: "set", path: "title", value, after: [] };
        const draft = {
          record,
          type: "lesson",
          action: newRecordId(foundation.clock),
          writes: [set],
        };
        second.apply(db, foundation.log.append(db, [draft]));
      });
    await rename(249, "Reached and renamed");
    await rename(0, "Not reached and renamed");
    expect(rows()).toContain("Reached and renamed");
    expect(rows()).not.toContain("Not reached and renamed");
    using early = databases.snapshot();
    expect(await second.compare(early, idleControl)).toEqual([]);
    await second.fill(databases, idleControl);
    expect(rows().size).toBe(250);
    expect(rows()).toContain("Not reached and renamed");
    using late = databases.snapshot();
    expect(await second.compare(late, idleControl)).toEqual([]);
  });

  test("refuse to be written by a version that another one has taken over from", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    await databases.queue.run((db) => projectionsOf(foundation).prepare(db));
    await databases.queue.run((db) => projectionsOf(foundation, 2).prepare(db));
    await expect(write(foundation, ["Late"])).rejects.toMatchObject({ code: "newer_program" });
    expect(foundation.log.count(databases.read)).toBe(0);
  });

  test("stay as they were while a rebuild is at work, and when it is cancelled", async () => {
    await using foundation = await createTestFoundation();
    const { databases } = foundation;
    const projections = projectionsOf(foundation);
    await databases.queue.run((db) => projections.prepare(db));
    await write(foundation, ["One", "Two"]);
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
