/** Arbitrary texts for property tests: hostile ones, and plausible edits of plausible prose. */
import * as fc from "fast-check";

const words = ["the", "case", "letter", "customer", "AI", "checks", "draft", "naïve", "日本", "a"];
const separators = [" ", " ", " ", ", ", ". ", "\n", "\n\n", "  "];

const prose = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...separators)), { maxLength: 60 })
  .map((pairs) => pairs.flat().join(""));

/** Prose, or any sequence of UTF-16 code units, halves of pairs included. */
export const anyText = fc.oneof(prose, fc.string({ unit: "binary", maxLength: 80 }), fc.string());

type Edit = { readonly at: number; readonly length: number; readonly put: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: 400 }),
  length: fc.nat({ max: 30 }),
  put: fc.oneof(
    fc.constant(""),
    prose.map((text) => text.slice(0, 40)),
    fc.string({ maxLength: 9 }),
  ),
});

function applied(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, { at, length, put }) => {
    const start = at % (now.length + 1);
    return now.slice(0, start) + put + now.slice(start + length);
  }, text);
}

const edits = fc.array(edit, { maxLength: 4 });

/** A text and one edit of it. */
export const editedText = fc
  .tuple(prose, edits)
  .map(([base, made]) => ({ base, edited: applied(base, made) }));

/** A text and two edits of it, made apart. */
export const twiceEditedText = fc
  .tuple(prose, edits, edits)
  .map(([base, one, two]) => ({ base, a: applied(base, one), b: applied(base, two) }));
