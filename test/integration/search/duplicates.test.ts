import { describe, expect, test } from "vitest";
import { createSearchBed, type RecordParts, type SearchBed } from "#test/support/search-bed.ts";

const sentence = (start: number, count: number) =>
  Array.from({ length: count }, (_, at) => `w${start + at}`).join(" ");

/** Fifty words of which the last few differ. */
function version(title: string, changed: number): RecordParts {
  const same = sentence(0, 50 - changed);
  return { title, body: `refund ${same} ${sentence(title.length * 100, changed)}` };
}

async function answer(bed: SearchBed, text: string) {
  const { hits, total } = await bed.ask.query({ text });
  return { total, shown: hits.map(({ title, similar }) => `${title} +${similar}`) };
}

describe("near duplicates", () => {
  test("are folded under the best of them, and listed on demand", async () => {
    using bed = await createSearchBed();
    const ids = await bed.put(
      version("Refund", 0),
      version("A copy", 0),
      version("A newer copy", 3),
      { title: "Another page", body: `refund ${sentence(900, 40)}` },
    );
    expect(await answer(bed, "refund ")).toEqual({
      total: 2,
      shown: ["Refund +2", "Another page +0"],
    });
    const alike = await bed.ask.alike({ text: "refund ", id: ids[0] ?? bed.newId() });
    expect(alike.map(({ title }) => title).toSorted()).toEqual(["A copy", "A newer copy"]);
    expect(alike[0]?.snippet).toContainEqual({ text: "refund", hit: true });
    expect(await bed.ask.alike({ text: "refund ", id: ids[3] ?? bed.newId() })).toEqual([]);
    expect(await bed.ask.alike({ text: "refund ", id: bed.newId() })).toEqual([]);
  });

  test("are led by the one that the query is about", async () => {
    using bed = await createSearchBed();
    await bed.put(version("March report", 0), version("April report", 0), version("May report", 0));
    expect((await answer(bed, "refund april ")).shown).toEqual(["April report +2"]);
  });

  test("differ when a fair part of the text does, and when their types do", async () => {
    using bed = await createSearchBed();
    await bed.put(version("One", 0), version("Another", 20), {
      ...version("A lesson", 0),
      type: "lesson",
    });
    expect((await answer(bed, "refund ")).total).toBe(3);
  });

  test("are told apart when they are short: those are alike by chance", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "Refund", body: "See there." }, { title: "Refund", body: "See there." });
    expect((await answer(bed, "refund ")).total).toBe(2);
  });

  test("all stand in a list by date, and in one that only filters make", async () => {
    using bed = await createSearchBed();
    await bed.put(version("One", 0), version("Two", 0));
    expect((await bed.ask.query({ text: "refund ", sort: "date" })).hits).toHaveLength(2);
    expect((await bed.ask.query({ text: "type:playbook" })).hits).toHaveLength(2);
  });

  test("leave pages without holes and without repetitions", async () => {
    using bed = await createSearchBed();
    const copies = Array.from({ length: 5 }, (_, at) => version(`Copy ${at}`, 0));
    const others = Array.from({ length: 60 }, (_, at) => ({
      title: `Page ${at}`,
      body: `refund ${sentence(10_000 + 100 * at, 90)}`,
    }));
    await bed.put(...copies, ...others);
    const seen: string[] = [];
    let total = Number.POSITIVE_INFINITY;
    while (seen.length < total) {
      const page = await bed.ask.query({ text: "refund ", offset: seen.length, limit: 7 });
      expect(page.hits.length).toBeGreaterThan(0);
      seen.push(...page.hits.map(({ id }) => id));
      total = page.total;
    }
    expect(total).toBe(61);
    expect(new Set(seen).size).toBe(61);
  });
});
