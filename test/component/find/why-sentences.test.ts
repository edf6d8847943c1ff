import { expect, test } from "vitest";
import { wordSentence } from "#renderer/features/find/why-sentences.ts";

test("a word is explained in a sentence", () => {
  const places = [
    { field: "title", count: 1 },
    { field: "body", count: 3 },
  ] as const;
  const word = {
    asked: "reply",
    found: ["reply", "replies"],
    places: [...places],
    corrected: false,
    standIns: [],
  };
  expect(wordSentence(word)).toBe("“reply”, also as “replies”: in the title, 3 times in the text.");
  expect(wordSentence({ ...word, found: ["replies"] })).toBe(
    "“reply” as “replies”: in the title, 3 times in the text.",
  );
  expect(wordSentence({ ...word, asked: "rpely", corrected: true })).toBe(
    "Nobody wrote “rpely”; near it is “reply”, “replies”: in the title, 3 times in the text.",
  );
  expect(wordSentence({ ...word, found: [], places: [] })).toBe("“reply” is not in it.");
});

test("a word that stands in for another says why", () => {
  const word = { asked: "llm", places: [{ field: "body" as const, count: 2 }], corrected: false };
  const sentence = (by: "joining" | "vocabulary" | "starter" | "acronym", ...found: string[]) =>
    wordSentence({ ...word, found, standIns: [{ word: "language model", by, term: null }] });
  expect(sentence("starter", "language model")).toBe(
    "“llm” as “language model”, which Guildhall takes for the same: 2 times in the text.",
  );
  expect(sentence("vocabulary", "llm", "llms", "language model")).toBe(
    "“llm”, also as “llms”, also as “language model”, which your vocabulary takes for the same: 2 times in the text.",
  );
  expect(sentence("acronym", "language model")).toContain("which a record here says is the same");
  expect(sentence("joining", "language model")).toContain("written apart or in one");
});

test("what stands in and is not in the record is not spoken of", () => {
  const sentence = wordSentence({
    asked: "llm",
    found: ["llm"],
    places: [{ field: "title", count: 1 }],
    corrected: false,
    standIns: [{ word: "gpt", by: "starter", term: null }],
  });
  expect(sentence).toBe("“llm”: in the title.");
});
