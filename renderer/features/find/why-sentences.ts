/** The reasons for a hit in plain words. */
import type { Explanation } from "#shared/contract/search.ts";
import type { SearchField } from "#shared/domain/field.ts";

/** What is said of one word of the query. */
export function wordSentence({
  asked,
  found,
  places,
  corrected,
}: Explanation["words"][number]): string {
  if (places.length === 0) return `“${asked}” is not in it.`;
  const where = places.map(({ field, count }) => placeName(field, count)).join(", ");
  const others = found.filter((word) => word !== asked);
  if (corrected) return `Nobody wrote “${asked}”; near it is “${others.join("”, “")}”: ${where}.`;
  const forms = others.length === 0 ? "" : `, also as “${others.slice(0, 4).join("”, “")}”`;
  const written = found.includes(asked)
    ? `“${asked}”${forms}`
    : `“${asked}” as “${others.slice(0, 4).join("”, “")}”`;
  return `${written}: ${where}.`;
}

const placeNames: Readonly<Record<SearchField, string>> = {
  title: "in the title",
  headings: "in a heading",
  steps: "in the steps",
  prompts: "in a prompt",
  tags: "in the tags",
  body: "in the text",
};

function placeName(field: SearchField, count: number): string {
  return count === 1 ? placeNames[field] : `${count.toLocaleString()} times ${placeNames[field]}`;
}

/** What is said of everything else that moves a record. */
export const reasonSentences: Readonly<Record<Explanation["reasons"][number], string>> = {
  title_is_query: "Its title is what you typed.",
  title_starts_with_query: "Its title starts with what you typed.",
  title_has_every_word: "Every word is in its title.",
  words_side_by_side: "Words you typed stand side by side in it.",
  verified: "It is verified, which moves it up a little.",
  expired: "Its verification has run out, which moves it down a little.",
  rejected: "Its last verifier rejected it, which moves it down.",
  outdated: "It has been replaced or put away, which moves it down.",
  changed_lately: "It was changed lately, which moves it up a little.",
};
