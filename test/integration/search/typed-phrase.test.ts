import { describe, expect, test } from "vitest";
import { createSearchBed } from "#test/support/search-bed.ts";

/** More records with both words than are read at a key. */
const many = 700;

function notes(body: (index: number) => string) {
  return Array.from({ length: many }, (_, index) => ({
    title: `Note ${index}`,
    body: body(index),
  }));
}

describe("a phrase of common words that is being typed", () => {
  test("is found in some records, with a word that there are more; once it is closed, in all", async () => {
    using bed = await createSearchBed();
    const odd = (index: number) => (index % 2 === 0 ? "brass" : "brass old");
    await bed.put(...notes((index) => `A ${odd(index)} lantern number${index} hangs here.`));
    for (const text of ['"brass l', '"brass lan', '"brass lantern']) {
      const { total, more, hits } = await bed.ask.query({ text });
      expect(more, text).toBe(true);
      expect(total, text).toBeGreaterThan(20);
      expect(total, text).toBeLessThanOrEqual(300);
      for (const { title } of hits) expect(Number(title.slice(5)) % 2, text).toBe(0);
    }
    expect(await bed.ask.query({ text: '"brass lantern"' })).toMatchObject({
      total: many / 2,
      more: false,
    });
  });

  test("is looked up where the records that were read have none of it", async () => {
    using bed = await createSearchBed();
    const filler = "other words that make it long ".repeat(30);
    await bed.put(...notes(() => "Lantern of brass and a lantern of brass."), {
      title: "Quiet page",
      body: `${filler} a brass lantern ${filler}`,
    });
    for (const text of ['"brass lan', '"brass lantern"']) {
      const { total, more, hits } = await bed.ask.query({ text });
      expect({ total, more, first: hits[0]?.title }, text).toEqual({
        total: 1,
        more: false,
        first: "Quiet page",
      });
    }
  });

  test("is found where words that tell nothing apart are part of it", async () => {
    using bed = await createSearchBed();
    await bed.put(...notes((index) => `How to use the lantern number${index}.`));
    for (const text of ['"how t', '"how to u', '"use t', '"the lan', '"to use the l']) {
      const { total, more } = await bed.ask.query({ text });
      expect({ more, some: total > 20 }, text).toEqual({ more: true, some: true });
    }
  });

  test("is found everywhere where few records have its words", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "One", body: "A brass lantern." },
      { title: "Two", body: "The brass lamp and the lantern." },
      { title: "Three", body: "A lantern of brass." },
    );
    const answer = await bed.ask.query({ text: '"brass la' });
    expect(answer).toMatchObject({ total: 2, more: false });
    expect(answer.hits.map(({ title }) => title).toSorted()).toEqual(["One", "Two"]);
    expect(await bed.titles('"brass x')).toEqual([]);
  });

  test("goes on with what follows it, however many commoner words start so", async () => {
    using bed = await createSearchBed();
    const common = "Reading reports regularly requires rest, and records remain.";
    const request = { title: "One", body: "Open a pull request first." };
    await bed.put(...Array.from({ length: 30 }, () => ({ title: "Page", body: common })), request);
    for (const text of ['"pull r', '"pull re', '"a pull re', '"pull requ']) {
      expect(await bed.ask.query({ text }), text).toMatchObject({ total: 1, more: false });
      expect(await bed.titles(text), text).toEqual(["One"]);
    }
    const often = (index: number) => `We pull ${index % 2 === 0 ? "a rope" : "requests"} here.`;
    await bed.put(...notes((index) => `${common} ${often(index)}`));
    const answer = await bed.ask.query({ text: '"pull re' });
    expect(answer.more).toBe(true);
    expect(answer.total).toBeGreaterThan(20);
    for (const { title } of answer.hits) {
      expect(title === "One" || Number(title.slice(5)) % 2 === 1, title).toBe(true);
    }
  });

  test("follows a change", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "One", body: "A brass lantern." });
    expect(await bed.titles('"brass la')).toEqual(["One"]);
    await bed.put({ title: "Two", body: "Another brass lantern." });
    expect((await bed.titles('"brass la')).toSorted()).toEqual(["One", "Two"]);
  });
});
