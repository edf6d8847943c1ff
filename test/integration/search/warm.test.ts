import { expect, test } from "vitest";
import { createVocabulary } from "#engine/search/index/vocabulary.ts";
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

test("words are read ahead in pieces, and a misspelling is corrected whatever was read of them", async () => {
  using bed = await createSearchBed();
  const words = (from: number) =>
    Array.from({ length: 900 }, (_, at) => `lantern${from + at}`).join(" ");
  await bed.put(...[0, 900, 1800].map((from) => ({ title: `Page ${from}`, body: words(from) })));
  const vocabulary = createVocabulary(bed.databases.read);
  const nearest = () => vocabulary.nearest("lantren2600", 1).map(({ word }) => word);
  expect(vocabulary.warm()).toBe(true);
  expect(nearest()).toEqual(["lantern2600"]);
  expect(vocabulary.warm()).toBe(false);
  await bed.put({ title: "Gloaming" });
  vocabulary.refresh({ cleared: false });
  expect(vocabulary.warm()).toBe(false);
  expect(vocabulary.nearest("glaoming", 1).map(({ word }) => word)).toEqual(["gloaming"]);
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
