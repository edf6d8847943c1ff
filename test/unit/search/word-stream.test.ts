import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf, tokenize, wordOfCode } from "#engine/search/analysis/tokenize.ts";
import { cutFields } from "#engine/search/index/impact.ts";
import { decodeStream, encodeStream } from "#engine/search/index/word-stream.ts";
import { searchFields } from "#shared/domain/field.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom("don't", "e-mail", "日本語", "x".repeat(70), "\u0301", "Ünder", "a’s", "1.5"),
    )
    .map((parts) => parts.join(" ")),
);

describe("a word stream", () => {
  test("gives back the words of every part in their order", () => {
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(searchFields.map((field) => [field, text]))),
        (texts) => {
          const { codes, ends } = cutFields(texts as never);
          const ids = codes.map((code) => wordOfCode(code) * 977);
          const words = decodeStream(encodeStream(ids, ends));
          for (const field of searchFields) {
            const { tokens } = tokenize(texts[field] ?? "");
            const expected = tokens.map((token) => token.wordNumber * 977);
            expect([...words[field]]).toEqual(expected);
          }
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  test("counts words as the tokenizer does, so that a place in it is a place in the text", () => {
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (any, first, count) => {
        const { starts, ends } = tokenize(any);
        const places = placesOf(any, first, count);
        expect(places.starts).toEqual(starts.slice(first, first + count));
        expect(places.ends).toEqual(ends.slice(first, first + count));
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
