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
