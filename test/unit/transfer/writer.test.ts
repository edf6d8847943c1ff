import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { RecordEdit } from "#engine/records/record-store.ts";
import { createReport } from "#engine/transfer/import/import-report.ts";
import { createWriter } from "#engine/transfer/import/writer.ts";
import { newRecordId } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { testClock } from "#test/support/test-clock.ts";

const clock = testClock();
const end = {
  attachments: 0,
  otherFiles: 0,
  records: 0,
  ms: 0,
  dryRun: false,
  cancelled: false,
  action: null,
};

/** A writer over a store that answers each write by `fate`, and what it reports in the end. */
function writerWith(fate: (edits: readonly RecordEdit[]) => Error | null) {
  const report = createReport();
  const written: string[] = [];
  const writer = createWriter({
    action: newRecordId(clock),
    dryRun: false,
    report,
    store: {
      // Somebody else wants to write after every sixty files.
      writeSome: (groups) => {
        const some = groups.slice(0, 60);
        const edits = some.flat();
        const error = fate(edits);
        if (error !== null) return Promise.reject(error);
        written.push(...edits.map((edit) => edit.type));
        const results = edits.map(({ id }) => ({ id, revision: 1, changed: true, action: null }));
        return Promise.resolve({ groups: some.length, results });
      },
    },
  });
  const add = (name: string) =>
    writer.add({
      path: name,
      edits: [{ id: newRecordId(clock), type: name, fields: {} }],
      done: () => report.count("created"),
    });
  return { writer, add, written, finish: async () => (await writer.flush(), report.build(end)) };
}

test("a full disk stops the import: what was committed counts, the rest gets the reason", async () => {
  let room = 60;
  const full = new Sqlite.SqliteError("database or disk is full", "SQLITE_FULL");
  const { add, finish, writer, written } = writerWith((edits) => {
    room -= edits.length;
    return room < 0 ? full : null;
  });
  for (let number = 0; number < 100; number += 1) await add(`p${number}`);
  const report = await finish();
  expect(report.created).toBeGreaterThan(0);
  expect(report.created).toBe(written.length);
  expect(report.failed).toHaveLength(100 - report.created);
  expect(report.failed[0]?.reason).toMatch(/disk is full.*one undo takes it back/u);
  expect(writer.stopped()).not.toBeNull();
});

test("a full disk under the attachments stops it just the same", async () => {
  const { writer } = writerWith(() => null);
  expect(writer.stop(Object.assign(new Error("no space"), { code: "ENOSPC" }))).toBe(true);
  expect(writer.stopped()?.reason).toMatch(/disk is full/u);
});

test("one file that the store refuses does not take the others with it", async () => {
  const { add, finish, written } = writerWith((edits) =>
    edits.some((edit) => edit.type === "p7") ? new ExpectedFailure("invalid_field", "No.") : null,
  );
  for (let number = 0; number < 20; number += 1) await add(`p${number}`);
  const report = await finish();
  expect(report).toMatchObject({ created: 19, failed: [{ path: "p7", reason: "No." }] });
  expect(written).toHaveLength(19);
});

test("a bug is not swallowed", async () => {
  const { add, finish } = writerWith(() => new TypeError("a bug"));
  await add("p");
  await expect(finish()).rejects.toThrow("a bug");
});
