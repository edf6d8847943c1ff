import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginningOf } from "#shared/markdown/beginning.ts";

describe("the beginning of a long text", () => {
  it("is whole blocks, and only of a long text", () => {
    expect(beginningOf("# Short\n\nText.")).toBeNull();
    const text = Array.from({ length: 9000 }, (_, n) => `Paragraph ${n}.`).join("\n\n");
    const start = beginningOf(text) ?? "";
    expect(text.startsWith(`${start}\n\n`)).toBe(true);
    expect(start).toMatch(/Paragraph \d+\.$/u);
    expect(start.length).toBeGreaterThan(10_000);
  });

  it("is a beginning of any text, and never nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { maxLength: 20 }),
        fc.constantFrom("", "\n", "\n\n"),
        (words, gap) => {
          const text = words.concat("end").join(gap).repeat(60_000).slice(0, 120_000);
          const start = beginningOf(text);
          if (start === null) return;
          expect(start.length).toBeGreaterThan(0);
          expect(text.startsWith(start)).toBe(true);
        },
      ),
      { seed: 7, numRuns: 40 },
    );
  });
});
