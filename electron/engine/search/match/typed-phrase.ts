/**
 * A phrase whose last word is still being typed, as a phrase for each way in which it goes on. To go
 * through the positions of common words takes longer than a key may, so it is looked for in the records
 * that have its words most prominently: there may be more. What follows the first words there tells the
 * ways; the commonest completions of the last word alone may never follow them.
 */
import { searchFields } from "#shared/domain/field.ts";
import { isStopWord } from "../analysis/stop-words.ts";
import type { Token } from "../analysis/tokenize.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import type { Catalogue } from "../catalogue.ts";
import { phrasePosting, type PostingReader } from "../index/posting-reader.ts";
import { impactIn, numberIn, type Postings } from "../index/postings.ts";
import type { Vocabulary } from "../index/vocabulary.ts";
import type { WordStream } from "../index/word-stream.ts";
import type { Phrase } from "../query/query.ts";
import type { StoredRecords } from "../rank/stored-records.ts";
import { createTop, offer } from "../rank/top.ts";
import { mayBeIn, wordSieve } from "../rank/word-sieve.ts";

export type TypedPhraseParts = {
  readonly vocabulary: Vocabulary;
  readonly reader: PostingReader;
  readonly records: StoredRecords;
  readonly catalogue: Pick<Catalogue, "standings" | "stamp" | "bound" | "size">;
};

export type TypedPhrase = {
  /** The ways in which it may go on. */
  readonly ways: readonly (readonly string[])[];
  /** Where any of them stands; null for a word alone, whose postings say it. */
  readonly found: Found | null;
};

/** `more`: whether other records may have one, too. */
export type Found = { readonly postings: Postings; readonly more: boolean };

export type TypedPhrases = {
  readonly of: (phrase: Phrase) => TypedPhrase;
  /** After any change. */
  readonly clear: () => void;
};

const mostCompletions = 8;
/** A letter or two say little of how the word will go on, and each of its words has its postings to be read. */
const mostShortCompletions = 4;
/** The records that are read for it. */
const mostRead = 250;
/** With fewer found, phrases are looked up as well whose rarest words are in so many records together. */
const enough = 20;
const mostLookedUp = 5000;
/** Postings that stay in memory, and what else an answer takes, in postings. */
const mostKept = 100_000;
const overhead = 100;

/** Looks them up in one index. */
export function createTypedPhrases(parts: TypedPhraseParts): TypedPhrases {
  // A phrase is asked for by what demands it and by what scores it.
  const kept = createBoundedCache<string, TypedPhrase>(mostKept, ({ found }) => {
    return overhead + (found?.postings.length ?? 0);
  });
  return {
    of: (phrase) => {
      const key = phrase.tokens.map(({ word }) => word).join(" ");
      return kept.keep(key, () => {
        const head = phrase.tokens.slice(0, -1).map(({ stem }) => stem);
        const last = phrase.tokens.at(-1);
        if (last === undefined) return { ways: [], found: null };
        if (head.length === 0)
          return { ways: known(parts, last).map((stem) => [stem]), found: null };
        return find(parts, head, last);
      });
    },
    clear: kept.clear,
  };
}

/** What the start of a word may become, whatever stands before it: its own stem and the commonest. */
function known({ vocabulary, ...parts }: TypedPhraseParts, { word, stem }: Token): string[] {
  const most = word.length < 3 ? mostShortCompletions : mostCompletions;
  const stems = new Set([stem, ...vocabulary.completions(word, most).map((one) => one.stem)]);
  const used = [...stems].filter((one) => documentsOf(parts, one) > 0);
  return used.length > 0 ? used : [stem];
}

/** Words that tell nothing apart have no postings, and nearly every record has them. */
function documentsOf(
  { reader, catalogue }: Pick<TypedPhraseParts, "reader" | "catalogue">,
  stem: string,
): number {
  return isStopWord(stem) ? catalogue.size() : reader.postings(stem).length;
}

function find(parts: TypedPhraseParts, head: readonly string[], last: Token): TypedPhrase {
  const first = mostProminent(parts, head, null);
  const followers = followersIn(parts, head, first.numbers);
  const fitting = parts.vocabulary
    .wordsOf([...followers.keys()])
    .filter(({ word, stem }) => word.startsWith(last.word) || stem === last.stem)
    .toSorted((a, b) => recordsOf(followers, b.id).length - recordsOf(followers, a.id).length);
  const found = new Set(fitting.flatMap(({ id }) => recordsOf(followers, id)));
  const seen = [...new Set(fitting.map(({ stem }) => stem))];
  // Where all were read that have the first words, there is no other way.
  const isAll = !first.more && seen.length > 0;
  const lasts = isAll
    ? seen
    : [...new Set([...seen.slice(0, mostCompletions), ...known(parts, last)])];
  const ways = lasts.map((stem) => [...head, stem]);
  const more = first.more && findMore(parts, { head, lasts, ways }, found);
  return { ways, found: { postings: Uint32Array.from(found, phrasePosting).toSorted(), more } };
}

/** The stems of a phrase but for the last, those that may come last, and both together. */
type Ways = {
  readonly head: readonly string[];
  readonly lasts: readonly string[];
  readonly ways: TypedPhrase["ways"];
};

/** Adds records in which one of the ways stands; gives whether there may be more. */
function findMore(
  parts: TypedPhraseParts,
  { head, lasts, ways }: Ways,
  found: Set<number>,
): boolean {
  const { numbers, more } = mostProminent(parts, head, lasts);
  const followers = followersIn(parts, head, numbers);
  for (const id of lasts.flatMap(parts.vocabulary.numbersOf)) {
    for (const number of recordsOf(followers, id)) found.add(number);
  }
  const open = new Set(more ? ways : []);
  const lookUp = (stems: readonly string[]) => {
    for (const packed of parts.reader.phrase(stems)) found.add(numberIn(packed));
    open.delete(stems);
  };
  let left = mostLookedUp;
  for (const stems of open) {
    const fewest = Math.min(...stems.map((stem) => documentsOf(parts, stem)));
    if (found.size >= enough || fewest > left) continue;
    left -= fewest;
    lookUp(stems);
  }
  for (const stems of open) if (found.size === 0) lookUp(stems);
  return open.size > 0;
}

/** The records that have the first words and one of the last, or whatever may be last; and whether that is not all of them. */
function mostProminent(
  { reader, catalogue }: TypedPhraseParts,
  head: readonly string[],
  lasts: readonly string[] | null,
): { readonly numbers: readonly number[]; readonly more: boolean } {
  const bound = catalogue.bound();
  const sums: Sums = { sums: new Float32Array(bound), counts: new Uint8Array(bound) };
  const heavy = head.filter((stem) => !isStopWord(stem));
  for (const [index, stem] of heavy.entries()) addTo(sums, reader.postings(stem), index);
  const best = new Float32Array(bound);
  if (lasts === null) raiseAll(best, sums, heavy.length);
  for (const last of lasts ?? []) {
    if (isStopWord(last)) raiseAll(best, sums, heavy.length);
    else raise(best, { ...sums, postings: reader.postings(last) }, heavy.length);
  }
  const top = createTop(mostRead);
  const standings = catalogue.standings();
  let candidates = 0;
  let toBeat = 0;
  for (let number = 0; number < bound; number += 1) {
    const sum = best[number] ?? 0;
    if (sum === 0) continue;
    candidates += 1;
    const score = sum * (standings[number] ?? 0);
    if (score > toBeat) toBeat = Math.max(0, offer(top, number, score));
  }
  return { numbers: top.numbers, more: candidates > mostRead };
}

/** By number: how many of the first words were found in a record, and the sum of their impacts. */
type Sums = { readonly sums: Float32Array; readonly counts: Uint8Array };

/** Adds the impacts of a word for the records that had each word before it. */
function addTo({ sums, counts }: Sums, postings: Postings, before: number): void {
  for (let place = 0; place < postings.length; place += 1) {
    const packed = postings[place] ?? 0;
    const number = numberIn(packed);
    if (counts[number] !== before) continue;
    counts[number] = before + 1;
    sums[number] = (sums[number] ?? 0) + impactIn(packed);
  }
}

/** The best sum of a record with every word and one of the last ones. */
function raise(
  best: Float32Array,
  { sums, counts, postings }: Sums & { readonly postings: Postings },
  count: number,
): void {
  for (let place = 0; place < postings.length; place += 1) {
    const packed = postings[place] ?? 0;
    const number = numberIn(packed);
    if (counts[number] !== count) continue;
    const sum = (sums[number] ?? 0) + impactIn(packed);
    if (sum > (best[number] ?? 0)) best[number] = sum;
  }
}

/** The same for a word that nearly every record has. */
function raiseAll(best: Float32Array, { sums, counts }: Sums, count: number): void {
  for (let number = 0; number < best.length; number += 1) {
    if (counts[number] === count)
      best[number] = Math.max(best[number] ?? 0, 1 + (sums[number] ?? 0));
  }
}

/** By word, the records in which it follows. */
type Followers = ReadonlyMap<number, readonly number[]>;

function recordsOf(followers: Followers, word: number): readonly number[] {
  return followers.get(word) ?? [];
}

/** What follows the words, where they stand side by side in one part of the records. */
function followersIn(
  { vocabulary, records, catalogue }: TypedPhraseParts,
  head: readonly string[],
  numbers: readonly number[],
): Followers {
  const run = head.map((stem) => new Set(vocabulary.numbersOf(stem)));
  const sieve = wordSieve([...(run[0] ?? [])]);
  const followers = new Map<number, number[]>();
  const gather = (words: Int32Array, number: number) => {
    for (let at = 0; at + run.length < words.length; at += 1) {
      if (!mayBeIn(sieve, words[at] ?? 0)) continue;
      if (!run.every((kind, offset) => kind.has(words[at + offset] ?? 0))) continue;
      const follower = words[at + run.length] ?? 0;
      const before = followers.get(follower);
      if (before === undefined) followers.set(follower, [number]);
      else if (before.at(-1) !== number) before.push(number);
    }
  };
  const asked = numbers.map((number) => ({ number, stamp: catalogue.stamp(number) }));
  records.words.read(asked);
  for (const record of asked) {
    const stream: WordStream | undefined = records.words.of(record);
    if (stream === undefined) continue;
    for (const field of searchFields) gather(stream[field], record.number);
  }
  return followers;
}
