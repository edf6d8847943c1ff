/**
 * A word of the query as everything that may stand for it in a record: its stem, the completions of
 * a word being typed, and near words for one that nobody wrote.
 */
import type { Explanation } from "#shared/contract/search.ts";
import { isStopWord } from "../analysis/stop-words.ts";
import type { Token } from "../analysis/tokenize.ts";
import type { PostingReader } from "../index/posting-reader.ts";
import type { KnownWord, Vocabulary } from "../index/vocabulary.ts";
import type { Clause, Phrase, Term, Word } from "../query/query.ts";
import type { Synonyms } from "../synonyms/synonyms.ts";
import type { Found, TypedPhrases } from "./typed-phrase.ts";

/** One of the things that stand for a word: a stem, or several side by side. */
export type Variant = {
  readonly stems: readonly string[];
  readonly weight: number;
  /** Why it stands for another word than its own; undefined for forms and completions of a word. */
  readonly standsIn?: StandIn;
  /** Where it or another completion of the same phrase was found: they are looked for at once. */
  readonly found?: Found;
};

/** A word that stands in for the one that was asked, see the contract. */
export type StandIn = Explanation["words"][number]["standIns"][number];

export type WordGroup = {
  /** The words of the query that it stands for, folded. */
  readonly asked: string;
  readonly variants: readonly Variant[];
  /** Folded words that count whole, and the start of one that is still being typed. */
  readonly words: readonly string[];
  readonly prefix: string | null;
  /** Required groups decide whether a record has every word; the others only add to its score. */
  readonly required: boolean;
  /** Whether its places are marked; a phrase's own words elsewhere would only distract. */
  readonly marked: boolean;
  /** What it counts beside other groups, 0 to 1. */
  readonly weight: number;
  /** Known words that stood in for a misspelt one, by the misspelt word's place in the query. */
  readonly corrections: readonly { readonly word: Word; readonly nearest: readonly string[] }[];
};

export type Lexicon = {
  readonly vocabulary: Vocabulary;
  readonly reader: PostingReader;
  readonly synonyms: Synonyms;
  readonly typedPhrases: TypedPhrases;
};

/**
 * More completions than this change nothing on the first screen, and each has its postings to be read:
 * with 100 the right page hardly ever came up at an earlier key. A letter or two fit so many common
 * words that a few of them fill it, and fewer where no other word has to be there too.
 */
const mostCompletions = 20;
const mostShortCompletions = 10;
const mostLoneCompletions = 6;
const mostNear = 3;
const completionWeight = 0.8;
const nearWeight = 0.75;
/** "onboarding" for "on boarding", and the other way round. */
const rejoinedWeight = 0.8;

type GroupRole = Pick<WordGroup, "required"> &
  Partial<Pick<WordGroup, "marked" | "weight">> & {
    /** Whether nothing else is asked. */
    readonly alone?: boolean;
  };

/** Builds the group of a clause whose terms are words and phrases. */
export function groupOf(lexicon: Lexicon, terms: readonly Term[], role: GroupRole): WordGroup {
  const { required, marked = true, weight = 1, alone = false } = role;
  const variants: Variant[] = [];
  const words: string[] = [];
  const corrections: { word: Word; nearest: readonly string[] }[] = [];
  let prefix: string | null = null;
  for (const term of terms) {
    if (term.kind === "word") {
      const own = wordVariants(lexicon, term, alone);
      variants.push(...own.variants);
      words.push(term.token.word);
      if (term.prefix) prefix = term.token.word;
      if (own.nearest.length > 0) corrections.push({ word: term, nearest: own.nearest });
    } else if (term.kind === "phrase") {
      variants.push(...phraseVariants(lexicon, term));
    }
  }
  const asked = terms.flatMap(wordsOfTerm).join(" / ");
  return { asked, variants, words, prefix, required, marked, weight, corrections };
}

function wordsOfTerm(term: Term): readonly string[] {
  if (term.kind === "word") return [term.token.word];
  return term.kind === "phrase" ? [term.tokens.map(({ word }) => word).join(" ")] : [];
}

function wordVariants(
  lexicon: Lexicon,
  { token, prefix }: Word,
  alone: boolean,
): { variants: readonly Variant[]; nearest: readonly string[] } {
  const { vocabulary, reader } = lexicon;
  const stems = new Map<string, number>();
  const isKnown = isStopWord(token.word) || reader.postings(token.stem).length > 0;
  if (isKnown) stems.set(token.stem, 1);
  const most = mostCompletionsOf(token.word, alone);
  const completions = prefix ? vocabulary.completions(token.word, most) : [];
  for (const { stem, word } of completions) {
    if (!isStopWord(word) && !stems.has(stem)) stems.set(stem, isKnown ? completionWeight : 1);
  }
  if (prefix && stems.size === 0) {
    const outgrown = outgrownStem(reader, token.word);
    if (outgrown !== undefined) stems.set(outgrown, nearWeight);
  }
  const isUnknown = stems.size === 0 && !token.single;
  const apart = isUnknown ? splitVariants(lexicon, token.word) : [];
  if (apart.length > 0) return { variants: apart, nearest: [] };
  const near = isUnknown ? nearestTo(vocabulary, token.word, prefix) : [];
  const known = Array.from(stems, ([stem, weight]): Variant => ({ stems: [stem], weight }));
  return { variants: [...known, ...nearVariants(near)], nearest: near.map(({ word }) => word) };
}

/** Known words near one that nobody wrote. */
function nearVariants(near: readonly KnownWord[]): readonly Variant[] {
  const byStem = new Map(near.toReversed().map(({ stem, word }) => [stem, word]));
  return Array.from(byStem, ([stem, word]): Variant => {
    const standsIn = { word, by: "correction", term: null } as const;
    return { stems: [stem], weight: nearWeight, standsIn };
  });
}

/** Two known words that somebody wrote side by side, for one that nobody wrote in one. */
function splitVariants({ vocabulary, reader }: Lexicon, word: string): readonly Variant[] {
  const variants: Variant[] = [];
  for (let at = 2; at <= word.length - 2; at += 1) {
    const first = vocabulary.find(word.slice(0, at));
    const second = first && vocabulary.find(word.slice(at));
    if (first === undefined || second === undefined) continue;
    const stems = [first.stem, second.stem];
    if (reader.phrase(stems).length === 0) continue;
    variants.push(rejoined(stems, `${first.word} ${second.word}`));
  }
  return variants;
}

/** The known word that two words of a query make when they are written in one. */
export function joinedVariants(
  { vocabulary }: Lexicon,
  first: Clause | undefined,
  second: Clause | undefined,
): readonly Variant[] {
  const a = onlyWord(first);
  const b = onlyWord(second);
  if (a === undefined || b === undefined || a.word.length < 2 || b.word.length < 2) return [];
  const joined = vocabulary.find(a.word + b.word);
  return joined === undefined ? [] : [rejoined([joined.stem], joined.word)];
}

function rejoined(stems: readonly string[], word: string): Variant {
  return { stems, weight: rejoinedWeight, standsIn: { word, by: "joining", term: null } };
}

function onlyWord(clause: Clause | undefined): Token | undefined {
  const [term] = clause?.terms ?? [];
  return clause?.terms.length === 1 && term?.kind === "word" && !term.token.single
    ? term.token
    : undefined;
}

function mostCompletionsOf(start: string, alone: boolean): number {
  if (start.length >= 3) return mostCompletions;
  return alone ? mostLoneCompletions : mostShortCompletions;
}

function nearestTo(vocabulary: Vocabulary, word: string, prefix: boolean): readonly KnownWord[] {
  const whole = vocabulary.nearest(word, mostNear);
  return whole.length > 0 || !prefix ? whole : vocabulary.nearestStarts(word, mostNear);
}

/** "configurati" has outgrown "configure" and is no "configuration" yet: both have the stem "configur". */
function outgrownStem(reader: PostingReader, word: string): string | undefined {
  for (let length = word.length - 1; length >= Math.max(5, word.length - 5); length -= 1) {
    const stem = word.slice(0, length);
    if (reader.postings(stem).length > 0) return stem;
  }
  return undefined;
}

/** A phrase; one whose last word is still being typed is a phrase for each of its completions. */
function phraseVariants({ typedPhrases }: Lexicon, phrase: Phrase): readonly Variant[] {
  if (!phrase.prefix) return [{ stems: phrase.tokens.map(({ stem }) => stem), weight: 1 }];
  const { ways, found } = typedPhrases.of(phrase);
  return ways.map((stems) => ({ stems, weight: 1, ...(found && { found }) }));
}
