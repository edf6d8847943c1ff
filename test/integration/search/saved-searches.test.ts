import { expect, test } from "vitest";
import { createSearchBed } from "#test/support/search-bed.ts";

test("a saved search is listed with what it finds now", async () => {
  using bed = await createSearchBed();
  await bed.put({ title: "Refund policy" });
  const { id } = await bed.ask.save({
    name: "Refunds",
    text: "refund type:playbook",
    sort: "date",
  });
  const saved = { id, name: "Refunds", text: "refund type:playbook", sort: "date" };
  expect(await bed.ask.saved({})).toEqual([{ ...saved, count: 1 }]);
  await bed.put({ title: "Refund calculator" }, { type: "lesson", title: "A refund lesson" });
  expect(await bed.ask.saved({})).toEqual([{ ...saved, count: 2 }]);
});

test("a saved search is changed and removed by its id, and each change is announced", async () => {
  using bed = await createSearchBed();
  const { id } = await bed.ask.save({ name: "zulu", text: "a" });
  await bed.ask.save({ name: "Alpha", text: "b" });
  expect((await bed.ask.saved({})).map(({ name }) => name)).toEqual(["Alpha", "zulu"]);
  await bed.ask.save({ id, name: "Renamed", text: "c", sort: "date" });
  expect(await bed.ask.saved({})).toMatchObject([
    { name: "Alpha" },
    { id, name: "Renamed", text: "c" },
  ]);
  await bed.ask.removeSaved({ id });
  expect((await bed.ask.saved({})).map(({ name }) => name)).toEqual(["Alpha"]);
  expect(bed.events).toEqual(Array.from({ length: 4 }, () => "searches.changed"));
});

test("a saved search that was removed meanwhile cannot be changed", async () => {
  using bed = await createSearchBed();
  await expect(bed.ask.save({ id: "gone", name: "Name", text: "a" })).rejects.toMatchObject({
    code: "not_found",
  });
});
