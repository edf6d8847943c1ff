import { describe, expect, it } from "vitest";
import { listStatements } from "#engine/records/list-records.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { createTestRecords, type TestRecords } from "#test/support/test-records.ts";

async function fill(test: TestRecords): Promise<{ support: RecordId; ids: readonly RecordId[] }> {
  const { clock } = test.foundation;
  const support = (await test.records.create({ type: "department", fields: { name: "Support" } }))
    .id;
  const ids: RecordId[] = [];
  for (let index = 0; index < 30; index += 1) {
    clock.advance(1000);
    const type = index % 3 === 0 ? "lesson" : "playbook";
    const status = index % 2 === 0 ? "published" : "draft";
    const { id } = await test.records.create({
      type,
      fields: {
        title: `${["Écrire", "answer", "Zurich"][index % 3]} ${String(index).padStart(2, "0")}`,
        status,
        ...(index % 5 === 0 ? { department_id: support } : {}),
      },
    });
    ids.push(id);
  }
  return { support, ids };
}

describe("lists", () => {
  it("filter, sort, count and page", async () => {
    await using test = await createTestRecords();
    const { list } = test.records;
    const { support, ids } = await fill(test);
    expect((await list({})).total).toBe(31);
    const lessons = await list({ type: "lesson", status: "published" });
    expect(lessons.total).toBe(5);
    expect(lessons.records.map((record) => record.id)).toEqual(
      [24, 18, 12, 6, 0].map((index) => ids[index]),
    );
    const titles = (await list({ type: "lesson", sort: "title", limit: 3 })).records;
    expect(titles.map((record) => record.title)).toEqual(["Écrire 00", "Écrire 03", "Écrire 06"]);
    const inSupport = await list({ department: support, type: "playbook", sort: "title" });
    expect(inSupport.total).toBe(4);
    const pages = await Promise.all(
      [0, 10, 20, 30].map((offset) => list({ sort: "title", offset, limit: 10 })),
    );
    const all = pages.flatMap((page) => page.records.map((record) => record.title));
    expect(new Set(all).size).toBe(31);
    expect(all[0]).toBe("answer 01");
    expect(all.indexOf("Écrire 00")).toBeLessThan(all.indexOf("Support"));
    await test.records.remove({ ids: ids.slice(0, 4) });
    expect((await list({})).total).toBe(27);
    expect((await list({ trash: true, type: "lesson", sort: "title" })).records).toHaveLength(2);
    expect((await list({ trash: true, department: support })).total).toBe(1);
    expect((await test.records.counts({})).trash).toBe(4);
  });

  it("tell the newest of several types together, each with what was done to it last", async () => {
    await using test = await createTestRecords();
    const { ids } = await fill(test);
    const [oldest] = ids;
    if (oldest === undefined) throw new Error("Nothing was filled in.");
    test.foundation.clock.advance(1000);
    await test.records.edit({ id: oldest, fields: { title: "Seen again" }, note: "A new title" });
    await test.records.remove({ ids: ids.slice(-1) });
    const { latest } = test.records;
    const all = await latest({ types: ["playbook", "lesson", "request"], limit: 4 });
    expect(all.map(({ id }) => id)).toEqual([oldest, ids[28], ids[27], ids[26]]);
    expect(all[0]).toMatchObject({
      title: "Seen again",
      revision: { number: 2, note: "A new title", changed: ["title"] },
    });
    expect(all[1]?.revision).toMatchObject({ number: 1, note: null });
    const lessons = await latest({ types: ["lesson"], limit: 2 });
    expect(lessons.map(({ id }) => id)).toEqual([oldest, ids[27]]);
    expect(await latest({ types: ["request"] })).toEqual([]);
  });

  it("look titles up by how they start, then by what they contain", async () => {
    await using test = await createTestRecords();
    const { lookup } = test.records;
    const { ids } = await fill(test);
    expect((await lookup({ text: "ecr", limit: 2 })).map((one) => one.title)).toEqual([
      "Écrire 00",
      "Écrire 03",
    ]);
    expect((await lookup({ text: "RICH 2" })).map((one) => one.title)).toEqual([
      "Zurich 20",
      "Zurich 23",
      "Zurich 26",
      "Zurich 29",
    ]);
    expect(await lookup({ text: "answer", types: ["lesson"] })).toEqual([]);
    expect((await lookup({ text: "", limit: 1 })).map((one) => one.id)).toEqual([ids.at(-1)]);
    expect(await lookup({ text: "%" })).toEqual([]);
  });

  it("say of each record what its verification is worth on the day that is asked", async () => {
    await using test = await createTestRecords();
    const verification = { mode: "fixed", verified_at: "2026-01-01", expires_at: "2026-02-28" };
    await test.records.create({ type: "playbook", fields: { title: "Checked", verification } });
    await test.records.create({ type: "playbook", fields: { title: "Never checked" } });
    const trust = async () =>
      Object.fromEntries(
        (await test.records.list({})).records.map((record) => [record.title, record.trust]),
      );
    expect(await trust()).toEqual({ Checked: "verified", "Never checked": null });
    test.foundation.clock.advance(90 * 86_400_000);
    expect(await trust()).toEqual({ Checked: "expired", "Never checked": null });
  });

  it("are found and counted on an index alone, whatever is asked", async () => {
    await using test = await createTestRecords();
    const { read } = test.foundation.databases;
    const bind = { type: "a", status: "b", department: "c", limit: 1, offset: 0 };
    for (const sql of listStatements()) {
      const steps = read
        .prepare<[typeof bind], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(bind)
        .map((row) => row.detail);
      const onRecords = steps.filter((step) => / record USING /u.test(step));
      const sorted = steps.some((step) => step.includes("TEMP B-TREE"));
      const trashByTitle = sql.includes("IS NOT NULL") && sql.includes("title_key");
      expect(steps.some((step) => step === "SCAN record")).toBe(false);
      expect(onRecords.every((step) => step.includes("COVERING INDEX"))).toBe(!trashByTitle);
      // Only the trash is sorted by title without an index: it is short.
      expect(sorted).toBe(trashByTitle);
    }
  });
});
