import { expect, test } from "vitest";
import { createSearchBed } from "#test/support/search-bed.ts";

test("what was read ahead, in part or whole, changes no answer", async () => {
  using bed = await createSearchBed();
  await bed.put(...Array.from({ length: 450 }, (_, index) => ({ title: `Page ${index}` })));
  let turns = 0;
  await bed.search.warm(() => (turns += 1) <= 2);
  await bed.put({ title: "Page of a late comer" });
  expect((await bed.ask.query({ text: "page " })).total).toBe(451);
  await bed.search.warm(() => true);
  expect(await bed.titles("late comer ")).toEqual(["Page of a late comer"]);
});

test("reading ahead ends when the engine closes", async () => {
  using bed = await createSearchBed();
  await bed.put({ title: "One" });
  let asked = 0;
  await bed.search.warm(() => {
    asked += 1;
    return false;
  });
  expect(asked).toBe(1);
});
