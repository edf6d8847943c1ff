/** The reasons for a hit in plain words. */
import type { Explanation } from "#shared/contract/search.ts";
import type { SearchField } from "#shared/domain/field.ts";

type Word = Explanation["words"][number];

const mostForms = 4;

/** What is said of one word of the query. */
export function wordSentence(word: Word): string {
  const { asked, found, places } = word;
  if (places.length === 0) return `“${asked}” is not in it.`;
  const where = places.map(({ field, count }) => placeName(field, count)).join(", ");
  const ways = otherWords(word);
  const said = found.includes(asked)
    ? [`“${asked}”`, ...ways.map(({ kind, listed }) => `also as ${standIn[kind](listed, asked)}`)]
    : ways.map(({ kind, listed }, at) => {
        const as = at === 0 && kind !== "correction" ? `“${asked}” as ` : "";
        return as + standIn[kind](listed, asked);
      });
  const sentence = `${said.join(", ")}: ${where}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

type Way = { readonly kind: (typeof kinds)[number]; readonly listed: string };

/** The words that were found in its place, by what makes them stand for it. */
function otherWords({ asked, found, corrected, standIns }: Word): readonly Way[] {
  const kindOf = (word: string) =>
    standIns.find((standIn) => standIn.word === word)?.by ?? (corrected ? "correction" : "form");
  const others = found.filter((word) => word !== asked);
  return kinds.flatMap((kind) => {
    const words = others.filter((word) => kindOf(word) === kind).slice(0, mostForms);
    return words.length === 0 ? [] : [{ kind, listed: `“${words.join("”, “")}”` }];
  });
}

const kinds = ["form", "correction", "joining", "vocabulary", "starter", "acronym"] as const;

const standIn: Readonly<Record<Way["kind"], (listed: string, asked: string) => string>> = {
  form: (listed) => listed,
  correction: (listed, asked) => `nobody wrote “${asked}”; near it is ${listed}`,
  joining: (listed) => `${listed}, written apart or in one`,
  vocabulary: (listed) => `${listed}, which your vocabulary takes for the same`,
  starter: (listed) => `${listed}, which Guildhall takes for the same`,
  acronym: (listed) => `${listed}, which a record here says is the same`,
};

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
