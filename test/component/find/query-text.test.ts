import { array, assert, property, stringMatching } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addFilter,
  beginFilter,
  completeToken,
  filterText,
  removeFilter,
  toggleFilter,
  tokenAt,
  withoutFilters,
} from "#renderer/features/find/query-text.ts";

describe("the operator at the caret", () => {
  test.each([
    ["late department:cust", 20, { start: 5, operator: "department", value: "cust" }],
    ['topic:"Tone of', 14, { start: 0, operator: "topic", value: "Tone of" }],
    ["-tag:", 5, { start: 0, operator: "tag", value: "", negated: true }],
    ["tag:a type:b", 5, { start: 0, operator: "tag", value: "a" }],
  ])("is found in %j at %i", (text, caret, expected) => {
    expect(tokenAt(text, caret)).toMatchObject(expected);
  });

  test.each([
    ["refund", 6],
    ["tag:ab", 4],
    ["https://example.com", 19],
    ['tag:"done" more', 15],
    ["tag:done ", 9],
  ])("is none in %j at %i", (text, caret) => {
    expect(tokenAt(text, caret)).toBeNull();
  });

  test("is completed in place, quoted where it has to be, with the caret behind it", () => {
    const text = "late -department:cu refund";
    const token = tokenAt(text, 19);
    expect(completeToken(text, token!, "Customer Support")).toEqual({
      text: 'late -department:"Customer Support" refund',
      caret: 'late -department:"Customer Support" '.length,
    });
  });
});

describe("filters in the text", () => {
  test("are written in front, so that the last word goes on counting while it is typed", () => {
    expect(addFilter("refu", "tag", "near-miss")).toBe("tag:near-miss refu");
    expect(beginFilter("refund", "tag")).toBe("refund tag:");
    expect(beginFilter("", "tag")).toBe("tag:");
  });

  test("leave the words alone when all are taken out", () => {
    const chips = [{ text: "tag:x" }, { text: '-topic:"A B"' }];
    expect(withoutFilters('tag:x late -topic:"A B" refund', chips)).toBe("late refund");
  });

  test("come out as they went in, whatever the words and the value", () => {
    const words = array(stringMatching(/^[\p{L}\d]{1,8}$/u), { maxLength: 4 });
    const value = stringMatching(/^[\p{L}\d][\p{L}\d -]{0,12}$/u).map((text) => text.trim());
    assert(
      property(words, value, (typed, wanted) => {
        const text = typed.join(" ");
        const filter = { operator: "tag", value: wanted } as const;
        const added = toggleFilter(text, [], filter);
        const chip = { ...filter, negated: false, known: true, text: filterText("tag", wanted) };
        expect(added).toContain(chip.text);
        expect(removeFilter(added, chip)).toBe(text);
        expect(toggleFilter(added, [chip], filter)).toBe(text);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
