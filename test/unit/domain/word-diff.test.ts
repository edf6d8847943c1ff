import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, makeEdits } from "#shared/domain/text-edits.ts";
import { wordDiff } from "#shared/domain/word-diff.ts";
import { processorTime } from "#test/support/processor-time.ts";
import { seeded } from "#test/support/seeded.ts";
import { anyText, editedText } from "#test/support/texts.ts";

const runsOf = (before: string, after: string) =>
  wordDiff(before, after).map((run) => `${run.kind}:${run.text}`);

const side = (before: string, after: string, kind: "added" | "removed") =>
  wordDiff(before, after)
    .filter((run) => run.kind === "same" || run.kind === kind)
    .map((run) => run.text)
    .join("");

describe("word diff", () => {
  it("shows one changed word as one removal and one addition", () => {
    expect(runsOf("Ask the customer first.", "Ask the person first.")).toEqual([
      "same:Ask the ",
      "removed:customer",
      "added:person",
      "same: first.",
    ]);
  });

  it("compares Chinese and Japanese sign by sign", () => {
    expect(runsOf("今日は雨です", "今日は雪です")).toEqual([
      "same:今日は",
      "removed:雨",
      "added:雪",
      "same:です",
    ]);
  });

  it("shows a rewritten phrase as one replacement", () => {
    expect(runsOf("a red apple here", "a green pear here")).toEqual([
      "same:a ",
      "removed:red apple",
      "added:green pear",
      "same: here",
    ]);
  });

  it("leaves an untouched paragraph alone when another is put before it", () => {
    expect(runsOf("# One\n\nText.\n", "# One\n\nNew.\n\nText.\n")).toEqual([
      "same:# One\n\n",
      "added:New.\n\n",
      "same:Text.\n",
    ]);
  });

  it("gives both texts back from its runs", () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(side(before, after, "removed")).toBe(before);
        expect(side(before, after, "added")).toBe(after);
      }),
      seeded(1, 500),
    );
  });

  it("gives both texts back when one is an edit of the other", () => {
    fc.assert(
      fc.property(editedText, ({ base, edited }) => {
        expect(side(base, edited, "removed")).toBe(base);
        expect(side(base, edited, "added")).toBe(edited);
      }),
      seeded(2, 500),
    );
  });

  it("ends soon on a full rewrite of five megabytes", () => {
    const before = "alpha beta gamma delta\n".repeat(220_000);
    const after = "one two three four five six\n".repeat(180_000);
    const spent = processorTime();
    expect(side(before, after, "added")).toBe(after);
    expect(spent()).toBeLessThan(5000);
  });

  it("ends soon on many distinct lines in another order", () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} of the text\n`);
    const before = lines.join("");
    const after = lines.toReversed().join("");
    const spent = processorTime();
    expect(side(before, after, "removed")).toBe(before);
    expect(spent()).toBeLessThan(5000);
  });

  it("still finds a few small edits in a large text", () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} of the text\n`);
    const before = lines.join("");
    const after = lines.with(10, "line ten of the text\n").with(59_990, "the end\n").join("");
    const changed = wordDiff(before, after).filter((run) => run.kind !== "same");
    expect(changed.map((run) => run.text).join("").length).toBeLessThan(60);
  });

  it("finds scattered edits of a text that differs in more places than it searches for", () => {
    const lines = Array.from({ length: 4000 }, (_, index) => `line ${index} of the long text\n`);
    const before = lines.join("");
    const after = lines.map((line, index) => (index % 2 ? line : line.replace("long", "old")));
    const removed = wordDiff(before, after.join("")).filter((run) => run.kind === "removed");
    expect(removed.length).toBe(2000);
    expect(removed.every((run) => run.text === "long")).toBe(true);
  });
});

describe("text edits", () => {
  it("rebuild the new text from the old one", () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(applyEdits(before, makeEdits(before, after))).toBe(after);
      }),
      seeded(3, 500),
    );
  });

  it("are refused by a text they do not fit", () => {
    expect(applyEdits("short", [[3, 4, "x"]])).toBeUndefined();
    expect(applyEdits("short", [[-1, 0, "x"]])).toBeUndefined();
  });

  it("say no more than what changed", () => {
    expect(makeEdits("one two three", "one 2 three")).toEqual([[4, 3, "2"]]);
  });
});
