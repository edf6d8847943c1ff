import { describe, expect, test } from "vitest";
import { createSearchBed } from "#test/support/search-bed.ts";

describe("why a record was found", () => {
  test("names the words as they stand in it, where and how often", async () => {
    using bed = await createSearchBed();
    const [id] = await bed.put({
      title: "Refund replies",
      body: "Replying to refunds: a reply is short. Refunds are quick.",
    });
    const { words, reasons } = await bed.ask.explain({ text: "refund replies ", id: id ?? "" });
    expect(words[0]).toMatchObject({
      asked: "refund",
      corrected: false,
      places: [
        { field: "title", count: 1 },
        { field: "body", count: 2 },
      ],
    });
    expect(words[0]?.found).toEqual(["refund", "refunds"]);
    expect(words[1]?.found).toEqual(["replies", "replying", "reply"]);
    expect(reasons).toContain("title_is_query");
    expect(reasons).toContain("words_side_by_side");
  });

  test("says what is missing, and what stands in for a misspelt word", async () => {
    using bed = await createSearchBed();
    const [id] = await bed.put({ title: "Escalation", body: "Whom to call." });
    const { words } = await bed.ask.explain({ text: "esclation weekend ", id: id ?? "" });
    expect(words[0]).toMatchObject({ asked: "esclation", found: ["escalation"], corrected: true });
    expect(words[1]).toMatchObject({ asked: "weekend", found: [], places: [] });
  });

  test("says that a record was put away and can be relied on less", async () => {
    using bed = await createSearchBed();
    const [id] = await bed.put({
      title: "Old way",
      status: "archived",
      fields: { verification: { verified_at: "2020-01-01", expires_at: "2020-06-01" } },
    });
    const { reasons } = await bed.ask.explain({ text: "old ", id: id ?? "" });
    expect(reasons).toEqual(expect.arrayContaining(["outdated", "expired"]));
  });

  test("of two that fit alike the verified one comes first and the expired one last", async () => {
    using bed = await createSearchBed();
    const at = new Date(bed.clock.now()).toISOString();
    const day = (offset: number) =>
      new Date(bed.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const same = { body: "Answer within a day.", updatedAt: at };
    const verification = (until: number) => ({
      verification: { verified_at: day(-400), expires_at: day(until) },
    });
    await bed.put(
      { ...same, title: "Replies A", fields: verification(-30) },
      { ...same, title: "Replies B" },
      { ...same, title: "Replies C", fields: verification(300) },
    );
    expect(await bed.titles("answer day ")).toEqual(["Replies C", "Replies B", "Replies A"]);
  });

  test("a record that is gone is refused with a sentence", async () => {
    using bed = await createSearchBed();
    await expect(bed.ask.explain({ text: "x", id: bed.newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
