import { describe, expect, test } from "vitest";
import { changeSchema, isKnownWrite, writeSchema } from "#shared/domain/change.ts";
import { play } from "#test/support/random-history.ts";

describe("the format of a change", () => {
  test("keeps what a newer version adds beside what this one knows", () => {
    const [made] = play([{ do: "set", device: 0, path: "title", value: "a" }]);
    const newer = { ...made!.change, weight: { b: [1] }, v: 2 };
    expect(changeSchema.parse(newer)).toEqual(newer);
  });

  test("keeps a write of an unknown kind whole, and says that it is unknown", () => {
    const write = writeSchema.parse({ kind: "counter", path: "votes", by: 1, deep: { a: 1 } });
    expect(write).toEqual({ kind: "counter", path: "votes", by: 1, deep: { a: 1 } });
    expect(isKnownWrite(write)).toBe(false);
  });

  test.each([
    { kind: "set", path: "title", value: "a", after: "nothing" },
    { kind: "set", path: "title", value: "a" },
    { kind: "members", path: "tags", add: ["a"] },
    { kind: "text", path: "body", after: [], hash: "short" },
    { kind: "set", path: "", value: "a", after: [] },
    { path: "title" },
  ])("refuses %j, which nobody could fold", (write) => {
    expect(writeSchema.safeParse(write).success).toBe(false);
  });
});
