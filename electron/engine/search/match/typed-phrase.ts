/**
 * A phrase whose last word is still being typed, as a phrase for each of its completions. To go through
 * the positions of common words takes longer than a key may, so it is looked for in the records that
 * have its words most prominently: there may be more.
 */
import { searchFields } from "#shared/domain/field.ts";
import { isStopWord } from "../analysis/stop-words.ts";
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
        const { head, lasts } = waysOf(parts, phrase);
        const ways = lasts.map((last) => [...head, last]);
        return { ways, found: head.length === 0 ? null : find(parts, { head, lasts }, ways) };
      });
    },
    clear: kept.clear,
  };
}

/** The stems of a phrase but for the last, and those that may come last. */
type Ways = { readonly head: readonly string[]; readonly lasts: readonly string[] };

function waysOf({ vocabulary, ...parts }: TypedPhraseParts, { tokens }: Phrase): Ways {
  const stems = tokens.map(({ stem }) => stem);
  const typed = tokens.at(-1)?.word ?? "";
  const most = typed.length < 3 ? mostShortCompletions : mostCompletions;
  const known = vocabulary.completions(typed, most).map(({ stem }) => stem);
  const lasts = [...new Set([...stems.slice(-1), ...known])];
  const used = lasts.filter((stem) => documentsOf(parts, stem) > 0);
  return { head: stems.slice(0, -1), lasts: used.length > 0 ? used : lasts.slice(0, 1) };
}

/** Words that tell nothing apart have no postings, and nearly every record has them. */
function documentsOf(
  { reader, catalogue }: Pick<TypedPhraseParts, "reader" | "catalogue">,
  stem: string,
): number {
  return isStopWord(stem) ? catalogue.size() : reader.postings(stem).length;
}

function find(parts: TypedPhraseParts, { head, lasts }: Ways, ways: TypedPhrase["ways"]): Found {
  const { numbers, more } = mostProminent(parts, { head, lasts });
  const found = new Set(having(parts, { head, lasts }, numbers));
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
  return { postings: Uint32Array.from(found, phrasePosting).toSorted(), more: open.size > 0 };
}

/** The records that have the first words and one of the last; and whether that is not all of them. */
function mostProminent(
  { reader, catalogue }: TypedPhraseParts,
  { head, lasts }: Ways,
): { readonly numbers: readonly number[]; readonly more: boolean } {
  const bound = catalogue.bound();
  const sums: Sums = { sums: new Float32Array(bound), counts: new Uint8Array(bound) };
  const heavy = head.filter((stem) => !isStopWord(stem));
  for (const [index, stem] of heavy.entries()) addTo(sums, reader.postings(stem), index);
  const best = new Float32Array(bound);
  for (const last of lasts) {
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

/** Those of the records in which the words stand side by side in one part. */
function having(
  { vocabulary, records, catalogue }: TypedPhraseParts,
  { head, lasts }: Ways,
  numbers: readonly number[],
): readonly number[] {
  const run = head.map((stem) => new Set(vocabulary.numbersOf(stem)));
  run.push(new Set(lasts.flatMap(vocabulary.numbersOf)));
  const sieve = wordSieve([...(run[0] ?? [])]);
  const stands = (words: Int32Array): boolean => {
    for (let at = 0; at + run.length <= words.length; at += 1) {
      if (!mayBeIn(sieve, words[at] ?? 0)) continue;
      if (run.every((kind, offset) => kind.has(words[at + offset] ?? 0))) return true;
    }
    return false;
  };
  const asked = numbers.map((number) => ({ number, stamp: catalogue.stamp(number) }));
  records.words.read(asked);
  return asked
    .filter((record) => {
      const stream: WordStream | undefined = records.words.of(record);
      return stream !== undefined && searchFields.some((field) => stands(stream[field]));
    })
    .map(({ number }) => number);
}
