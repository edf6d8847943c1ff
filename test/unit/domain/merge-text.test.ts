import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTexts, type Merged } from "#shared/domain/merge-text.ts";
import { wordHunks } from "#shared/domain/word-diff.ts";
import { seeded } from "#test/support/seeded.ts";
import { anyText, twiceEditedText } from "#test/support/texts.ts";

/** One side of a merge as a whole text. */
const take = (merged: Merged, side: "base" | "a" | "b") =>
  merged.clean
    ? merged.text
    : merged.regions
        .map((region) => (region.kind === "clean" ? region.text : region[side]))
        .join("");

const base = "Open the case. Read the letter. Answer the customer.\n";

describe("three-way merge", () => {
  it("takes both edits when they are in different sentences", () => {
    const a = base.replace("Open the case", "Open the new case");
    const b = base.replace("Answer the customer", "Answer within a day");
    expect(mergeTexts(base, a, b)).toEqual({
      clean: true,
      text: "Open the new case. Read the letter. Answer within a day.\n",
    });
  });

  it("names both variants where both wrote in the same place", () => {
    const a = base.replace("letter", "email");
    const b = base.replace("letter", "message");
    const merged = mergeTexts(base, a, b);
    expect(merged).toMatchObject({
      clean: false,
      regions: [
        { kind: "clean", text: "Open the case. Read the " },
        { kind: "conflict", base: "letter", a: "email", b: "message" },
        { kind: "clean", text: ". Answer the customer.\n" },
      ],
    });
  });

  it("does not guess an order for two texts put in at one place", () => {
    expect(mergeTexts("one\n", "one\ntwo\n", "one\nthree\n").clean).toBe(false);
  });

  it("takes the same edit of both once", () => {
    const same = base.replace("letter", "email");
    const a = same.replace("Open", "Take");
    expect(mergeTexts(base, a, same)).toEqual({ clean: true, text: a });
  });

  it("lets overlapping deletions delete what either deleted", () => {
    expect(mergeTexts("a b c d e", "a d e", "a b e")).toEqual({ clean: true, text: "a e" });
  });

  it("does not lose an edit inside what the other deleted", () => {
    const a = base.replace("Read the letter. ", "");
    const b = base.replace("letter", "long letter");
    const merged = mergeTexts(base, a, b);
    expect(merged.clean).toBe(false);
    expect(take(merged, "b")).toContain("long letter");
  });

  it("gives a when b changed nothing, b when a changed nothing, and a when both did the same", () => {
    fc.assert(
      fc.property(anyText, anyText, (original, changed) => {
        const expected = { clean: true, text: changed };
        expect(mergeTexts(original, changed, original)).toEqual(expected);
        expect(mergeTexts(original, original, changed)).toEqual(expected);
        expect(mergeTexts(original, changed, changed)).toEqual(expected);
      }),
      seeded(11, 300),
    );
  });

  it("says the same with its sides swapped", () => {
    fc.assert(
      fc.property(twiceEditedText, ({ base: original, a, b }) => {
        const one = mergeTexts(original, a, b);
        const two = mergeTexts(original, b, a);
        expect(one.clean).toBe(two.clean);
        expect(take(one, "a")).toBe(take(two, "b"));
        expect(take(one, "base")).toBe(take(two, "base"));
      }),
      seeded(12, 1000),
    );
  });

  it("keeps every stretch that either side put in", () => {
    let clean = 0;
    fc.assert(
      fc.property(twiceEditedText, ({ base: original, a, b }) => {
        const merged = mergeTexts(original, a, b);
        const inserted = [...wordHunks(original, a), ...wordHunks(original, b)];
        if (merged.clean) clean += 1;
        const shown = merged.clean
          ? [merged.text]
          : merged.regions.flatMap((r) => (r.kind === "clean" ? [r.text] : [r.a, r.b]));
        const whole = merged.clean ? [merged.text] : [take(merged, "a"), take(merged, "b")];
        for (const { text } of inserted) {
          expect([...shown, ...whole].some((part) => part.includes(text))).toBe(true);
        }
      }),
      seeded(13, 1000),
    );
    expect(clean).toBeGreaterThan(300);
  });

  it("repeats in a conflict what each side wrote everywhere else", () => {
    const a = base.replace("letter", "email").replace("Open", "Take");
    const b = base.replace("letter", "message").replace("customer", "person");
    const merged = mergeTexts(base, a, b);
    expect(take(merged, "a")).toBe("Take the case. Read the email. Answer the person.\n");
    expect(take(merged, "b")).toBe("Take the case. Read the message. Answer the person.\n");
  });
});
