import { describe, expect, test } from "vitest";
import { createSearchBed, type SearchBed } from "#test/support/search-bed.ts";

async function filled(): Promise<SearchBed> {
  const bed = await createSearchBed();
  await bed.put({ type: "department", title: "Finance" });
  const titles = [
    "Quarterly report",
    "Customer refund policy",
    "Refund calculator",
    "Über Größen",
    "東京都の案内",
  ];
  for (const title of titles) {
    bed.clock.advance(1000);
    await bed.put({ title, fields: { tags: ["Billing", `only ${title}`] } });
  }
  await bed.put({ type: "person", title: "Alma Reyes" }, { title: "Alma's handover" });
  return bed;
}

async function titles(
  bed: SearchBed,
  text: string,
  kind: "records" | "tags" | "people" | "departments" = "records",
) {
  return (await bed.ask.switcher({ text, kind })).map(({ title }) => title);
}

describe("the switcher", () => {
  test("finds a title by its start, its words in any order, its initials and its letters", async () => {
    using bed = await filled();
    expect(await titles(bed, "quart")).toEqual(["Quarterly report"]);
    expect(await titles(bed, "pol cust")).toEqual(["Customer refund policy"]);
    expect(await titles(bed, "crp")).toEqual(["Customer refund policy"]);
    expect(await titles(bed, "qrprt")).toEqual(["Quarterly report"]);
    expect((await titles(bed, "refund")).slice(0, 2)).toEqual([
      "Refund calculator",
      "Customer refund policy",
    ]);
  });

  test("finds a title without its accents, and one without spaces by any part", async () => {
    using bed = await filled();
    expect(await titles(bed, "uber grossen")).toEqual(["Über Größen"]);
    expect(await titles(bed, "京都")).toEqual(["東京都の案内"]);
  });

  test.each([
    "quaterly",
    "qaurterly",
    "quarterlyy",
    "quartrely report",
    "quaterl",
    "refnd polcy",
    "costumer",
  ])("forgives the slip in %s", async (text) => {
    using bed = await filled();
    const expected = text.startsWith("q") ? "Quarterly report" : "Customer refund policy";
    expect((await titles(bed, text))[0]).toBe(expected);
  });

  test("offers what was opened last, then what was changed last, before anything is typed", async () => {
    using bed = await filled();
    const opened = (await bed.ask.switcher({ text: "customer" }))[0];
    bed.databases.local
      .prepare("INSERT INTO recent (record_id, opened_at) VALUES (?, 1)")
      .run(opened?.id);
    const rows = await bed.ask.switcher({ text: "", limit: 3 });
    expect(rows[0]).toMatchObject({ title: "Customer refund policy", recent: true });
    expect(rows[1]?.recent).toBe(false);
    expect(rows).toHaveLength(3);
    expect((await titles(bed, "refund"))[0]).toBe("Refund calculator");
    expect((await bed.ask.switcher({ text: "refund" }))[1]?.recent).toBe(true);
  });

  test("marks what was typed", async () => {
    using bed = await filled();
    const [row] = await bed.ask.switcher({ text: "ref cal" });
    expect(row?.titleRuns).toEqual([
      { text: "Ref", hit: true },
      { text: "und ", hit: false },
      { text: "cal", hit: true },
      { text: "culator", hit: false },
    ]);
  });

  test("knows people, departments and tags apart from records", async () => {
    using bed = await filled();
    expect(await titles(bed, "alma", "people")).toEqual(["Alma Reyes"]);
    expect(await titles(bed, "", "people")).toEqual(["Alma Reyes"]);
    expect(await titles(bed, "finanse", "departments")).toEqual(["Finance"]);
    expect(await titles(bed, "", "departments")).toEqual(["Finance"]);
    expect((await titles(bed, "", "tags"))[0]).toBe("Billing");
    expect(await bed.ask.switcher({ text: "biling", kind: "tags" })).toMatchObject([
      { kind: "tag", id: "Billing", title: "Billing" },
    ]);
  });

  test("finds nothing for signs alone or letters nobody wrote", async () => {
    using bed = await filled();
    expect(await titles(bed, "???")).toEqual([]);
    expect(await titles(bed, "xzxzxz")).toEqual([]);
  });
});
