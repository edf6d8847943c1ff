import { describe, expect, test } from "vitest";
import type { RecordEdit } from "#engine/records/record-store.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { createTestRecords, type TestRecords } from "#test/support/test-records.ts";

const count = (db: TestRecords["foundation"]["databases"]["read"], where = "1") =>
  db.prepare(`SELECT count(*) FROM record WHERE ${where}`).pluck().get();

function page(id: RecordId, title: string): RecordEdit {
  return { id, type: "lesson", fields: { title }, body: `# ${title}\n` };
}

describe("a long series of records", () => {
  test("is one transaction while nobody else wants to write", async () => {
    await using app = await createTestRecords();
    const { store, foundation } = app;
    const groups = Array.from({ length: 40 }, (_, index) => [page(store.newId(), `Page ${index}`)]);
    const before = foundation.databases.version();
    const seen: number[] = [];
    const written = store.writeSome(groups, store.newId());
    const watching = setInterval(() => seen.push(foundation.databases.version()), 0);
    const { groups: done, results } = await written;
    clearInterval(watching);
    expect(done).toBe(40);
    expect(results.map(({ revision }) => revision)).toEqual(Array(40).fill(1));
    expect(new Set(seen.filter((version) => version !== before)).size).toBeLessThanOrEqual(1);
    expect(count(foundation.databases.read)).toBe(40);
  });

  test("makes room for whoever wants to write, and never splits a group", async () => {
    await using app = await createTestRecords(2);
    const { store, foundation } = app;
    const groups = Array.from({ length: 30 }, (_, index) =>
      Array.from({ length: 4 }, (_, part) => page(store.newId(), `Page ${index}, ${part}`)),
    );
    const series = store.writeSome(groups, store.newId());
    const [person] = await Promise.all([
      store.write([page(store.newId(), "Somebody's own")]),
      series,
    ]);
    const { groups: done, results } = await series;
    expect(person).toMatchObject([{ changed: true }]);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(30);
    expect(results).toHaveLength(done * 4);
    expect(count(foundation.databases.read)).toBe(done * 4 + 1);
    const rest = await store.writeSome(groups.slice(done), store.newId());
    expect(rest.groups).toBe(30 - done);
    expect(count(foundation.databases.read)).toBe(121);
    using snapshot = foundation.databases.snapshot();
    expect([...foundation.log.verify(snapshot)].filter(({ problem }) => problem)).toEqual([]);
  });

  test("that meets a bug or a refusal writes nothing of what it was about to write", async () => {
    await using app = await createTestRecords(3);
    const { store, foundation } = app;
    const good = Array.from({ length: 20 }, (_, index) => [page(store.newId(), `Page ${index}`)]);
    const bad = [{ ...page(store.newId(), "Bad"), fields: { "a/b": "no field's name" } }];
    await expect(store.writeSome([...good, bad], store.newId())).rejects.toThrow("a/b");
    expect(count(foundation.databases.read)).toBe(0);
    expect(foundation.log.count(foundation.databases.read)).toBe(0);
  });

  test("is undone as a whole, and answers others in between", async () => {
    await using app = await createTestRecords(4);
    const { store, foundation, records } = app;
    const { databases } = foundation;
    const action = store.newId();
    const groups = Array.from({ length: 120 }, (_, index) => [
      page(store.newId(), `Page ${index}`),
    ]);
    await store.writeSome(groups, action);
    const undone = store.undo(action);
    let turns = 0;
    const watching = setInterval(() => (turns += 1), 0);
    const { revision } = await records.create({ type: "lesson", fields: { title: "Meanwhile" } });
    expect(revision).toBe(1);
    expect(count(databases.read, "removed_at IS NULL")).toBeGreaterThan(1);
    expect(await undone).toMatchObject({ undone: 120, kept: 0 });
    clearInterval(watching);
    expect(turns).toBeGreaterThan(1);
    expect(count(databases.read, "removed_at IS NULL")).toBe(1);
  });
});
