/** Answers `search.explain`: what of a query stands where in a record, and what moves the record. */
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { searchFields } from "#shared/domain/field.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { answeredQuery } from "./answered-query.ts";
import { outdatedStatuses } from "./catalogue.ts";
import type { Entry } from "./entry.ts";
import type { WordStream } from "./index/word-stream.ts";
import type { ScoredGroup } from "./match/match-query.ts";
import type { StandIn } from "./match/word-group.ts";
import { createHitFinder, type TokenHit } from "./rank/hit-finder.ts";
import { wordsOf } from "./rank/rank-matches.ts";
import type { SearchIndex } from "./search-index.ts";
import { stemsIn } from "./synonyms/synonym-tables.ts";

type Input = z.output<(typeof search)["explain"]["input"]>;
type Explanation = z.input<(typeof search)["explain"]["output"]>;
type Word = Explanation["words"][number];
type Reason = Explanation["reasons"][number];

type Parts = { readonly index: SearchIndex; readonly now: () => number };

const lately = 60 * 24 * 60 * 60 * 1000;

/** Explains one hit. */
export function explainHit({ index, now }: Parts, { text, id }: Input): Explanation {
  index.refresh();
  const entry = index.catalogue.byId(id);
  const words = entry === undefined ? undefined : index.records.words.of(entry);
  if (entry === undefined || words === undefined) {
    throw new ExpectedFailure(
      "not_found",
      "This record is no longer here, so nothing can be said about why it was found. Search again.",
    );
  }
  const { query, match } = answeredQuery(index, text);
  const groups = match.groups.filter(({ marked }) => marked);
  const find = createHitFinder(groups, index.vocabulary);
  const hits = searchFields.map((field) => ({ field, hits: find(words[field]) }));
  return {
    words: groups.map((group, at) => wordOf(index, { group, at, words, hits })),
    reasons: [
      ...titleReasons(entry, wordsOf(query), { groups, hits: hits[0]?.hits ?? [] }),
      ...(hits.some((one) => sideBySide(one.hits)) ? ["words_side_by_side" as const] : []),
      ...standingReasons(index, entry, now()),
    ],
  };
}

type Found = {
  readonly field: Word["places"][number]["field"];
  readonly hits: readonly TokenHit[];
};

function wordOf(
  index: SearchIndex,
  asked: {
    readonly group: ScoredGroup;
    /** The group's place among all. */
    readonly at: number;
    readonly words: WordStream;
    readonly hits: readonly Found[];
  },
): Word {
  const found = new Set<string>();
  const places = asked.hits.flatMap(({ field, hits }) => {
    const own = hits.filter(({ group }) => group === asked.at);
    for (const { token, length } of own) {
      const stretch = asked.words[field].subarray(token, token + length);
      found.add(Array.from(stretch, (id) => index.vocabulary.wordOf(id) ?? "").join(" "));
    }
    return own.length === 0 ? [] : [{ field, count: own.length }];
  });
  const corrected = asked.group.corrections.length > 0;
  const standIns = [...found].flatMap((word) => standInOf(asked.group, word) ?? []);
  return { asked: asked.group.asked, found: [...found], places, corrected, standIns };
}

/** Why a found word stands for the one that was asked; undefined where it is a form of it. */
function standInOf({ variants }: ScoredGroup, word: string): StandIn | undefined {
  const stems = stemsIn(word);
  const same = variants.filter((variant) => variant.stems.join(" ") === stems);
  const [first] = same;
  const isItself = same.some(({ standsIn }) => standsIn === undefined);
  return isItself || first?.standsIn === undefined ? undefined : { ...first.standsIn, word };
}

function titleReasons(
  { folded }: Entry,
  asked: string,
  title: { readonly groups: readonly ScoredGroup[]; readonly hits: readonly TokenHit[] },
): readonly Reason[] {
  if (asked === "") return [];
  if (folded === asked) return ["title_is_query"];
  if (folded.startsWith(asked)) return ["title_starts_with_query"];
  const found = new Set(title.hits.map(({ group }) => group));
  const every = title.groups.length > 0 && found.size === title.groups.length;
  return every ? ["title_has_every_word"] : [];
}

/** Whether different words of the query stand next to each other. */
function sideBySide(hits: readonly TokenHit[]): boolean {
  return hits.some((hit, at) => {
    const before = hits[at - 1];
    return (
      before !== undefined &&
      before.group !== hit.group &&
      hit.token === before.token + before.length
    );
  });
}

function standingReasons(index: SearchIndex, entry: Entry, now: number): readonly Reason[] {
  const trust = index.catalogue.trustOf(entry);
  const reasons: Reason[] = [];
  if (trust === "verified" || trust === "due") reasons.push("verified");
  if (trust === "expired" || trust === "rejected") reasons.push(trust);
  if (entry.status !== null && outdatedStatuses.has(entry.status)) reasons.push("outdated");
  if (now - entry.updated < lately) reasons.push("changed_lately");
  return reasons;
}
