import { expect, test } from "vitest";
import { createSearchBed } from "#test/support/search-bed.ts";

test("a newer question of the same field overtakes those that still wait", async () => {
  using bed = await createSearchBed();
  await bed.put({ title: "Refund requests" }, { title: "Review of contracts" });
  const typed = ["r", "re", "ref"].map((text) => bed.ask.query({ text, asker: "window 1" }));
  const elsewhere = bed.ask.query({ text: "rev", asker: "window 2" });
  const alone = bed.ask.query({ text: "re" });
  const [first, second, last] = await Promise.allSettled(typed);
  expect(first).toMatchObject({ status: "rejected", reason: { code: "overtaken" } });
  expect(second).toMatchObject({ status: "rejected", reason: { code: "overtaken" } });
  expect(last).toMatchObject({ status: "fulfilled", value: { total: 1 } });
  expect((await elsewhere).total).toBe(1);
  expect((await alone).total).toBe(2);
});

test("a question that was answered is overtaken by none", async () => {
  using bed = await createSearchBed();
  await bed.put({ title: "Refund requests" });
  for (const text of ["r", "ref", "r"]) {
    expect((await bed.ask.query({ text, asker: "window 1" })).total).toBe(1);
  }
});
