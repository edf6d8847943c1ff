import { describe, expect, test } from "vitest";
import { areBeside, slipCost } from "#engine/search/analysis/slip.ts";

describe("a slip", () => {
  test.each([
    ["keys side by side", "bwtter", "better"],
    ["letters swapped", "ebtter", "better"],
    ["a key hit twice", "bettter", "better"],
    ["a letter typed once instead of twice", "beter", "better"],
    ["two keys hit at once", "bertter", "better"],
  ])("is likely with %s", (_, typed, meant) => {
    expect(slipCost(typed, meant)).toBeLessThan(slipCost("bqtter", "better"));
  });

  test("costs nothing where there is none", () => {
    expect(slipCost("better", "better")).toBe(0);
  });

  test("is as likely with letters that are on no keyboard as any other", () => {
    expect(slipCost("mŭßte", "mußte")).toBe(slipCost("bqtter", "better"));
  });
});

test("keys are beside each other in their row and the next one", () => {
  expect("qwersdyxa1".split("").filter((key) => areBeside(key, "w"))).toEqual([
    "q",
    "w",
    "e",
    "s",
    "a",
  ]);
  expect(areBeside("é", "e")).toBe(false);
});
