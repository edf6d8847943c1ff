/** Founding, inviting, joining and admitting over a real folder. */
import { expect, it } from "vitest";
import { comeIn, createPeopleBed, foundLibrary } from "#test/support/people-bed.ts";

it("founds a library, and a colleague with an empty profile comes in with the records of both", async () => {
  await using bed = createPeopleBed();
  const { ana, founded } = await foundLibrary(bed);
  expect(founded.fingerprint).toHaveLength(16);
  await ana.store.write([{ id: ana.store.newId(), type: "topic", fields: { name: "Refunds" } }]);
  const ben = await bed.device();
  await comeIn(bed, ana, ben);
  expect(ben.titles("topic")).toEqual(["Refunds"]);
  await ben.store.write([{ id: ben.store.newId(), type: "topic", fields: { name: "Returns" } }]);
  await bed.meet();
  expect(ana.titles("topic")).toEqual(["Refunds", "Returns"]);
  expect(ana.titles("person")).toEqual(["Ana", "Ben"]);
  expect(ana.people.members({})).toMatchObject([
    { name: "Ana", own: true, roles: [{ role: "steward" }] },
    { name: "Ben", own: false, roles: [{ role: "member", departments: null }] },
  ]);
});
