/**
 * The prebuilt index of the handbook's search. Scores are lunr's own (BM25 for each field, as its
 * builder computes them; a test compares the two), kept by term instead of by document and cut into
 * parts by the first letters of words: a query loads the parts of its own words and no others, and
 * lunr ranks what they hold. Ten thousand pages make an index of many megabytes, of which a search
 * reads a few hundred kilobytes.
 */
import { indexedWords } from "./words.ts";

export const searchFields = ["title", "headings", "tags", "body"] as const;
type SearchField = (typeof searchFields)[number];

/** Who types one word of a title wants that page before one that says it often. */
const boosts: Readonly<Record<SearchField, number>> = { title: 4, headings: 1, tags: 1, body: 1 };

/** lunr's defaults. */
const k1 = 1.2;
const b = 0.75;
/** Scores are written as whole twentieths, so that one page more does not change every file. */
export const scoreUnit = 20;
/** Words that misspellings are looked up among: more take too long to load. */
const mostSpellings = 60_000;

export type SearchText = Readonly<Record<SearchField, string>>;

/** Postings of one field: documents as differences, and their scores. */
type FieldPostings = readonly [
  field: number,
  documents: readonly number[],
  scores: readonly number[],
];
/** One file of the index. `words` is "refund 12 refunds 5": words in order, each with its pages. */
export type SearchPart = {
  readonly words: string;
  readonly terms: Readonly<Record<string, readonly FieldPostings[]>>;
};

export type SearchIndex = {
  /** Documents are numbered from 0 in the order in which they are added. */
  readonly add: (text: SearchText) => void;
  readonly parts: (breathe: () => Promise<void>) => AsyncGenerator<readonly [string, SearchPart]>;
  /** Words of which a misspelled one may have been meant, the commonest; in order. */
  readonly spellings: () => string;
};

/** What is known of one term: for each posting the document, the field and how often. */
type Posting = {
  readonly documents: number[];
  readonly fields: number[];
  readonly counts: number[];
};
type Spelling = {
  readonly term: string;
  pages: number;
  outside: number;
  last: number;
  lastOutside: number;
};

const bodyField = searchFields.indexOf("body");

/** An empty index; its files are asked for once every text was added. */
export function createSearchIndex(): SearchIndex {
  const postings = new Map<string, Posting>();
  const spellings = new Map<string, Spelling>();
  const lengths: readonly number[][] = searchFields.map(() => []);
  let count = 0;

  function add(text: SearchText): void {
    const document = count;
    count += 1;
    for (const [field, name] of searchFields.entries()) {
      const words = indexedWords(text[name]);
      lengths[field]?.push(words.length);
      for (const { word, term } of words) {
        notePosting(postings, term, [document, field]);
        noteSpelling(spellings, { word, term, document, outside: field !== bodyField });
      }
    }
  }

  async function* parts(breathe: () => Promise<void>) {
    const scored = scorer(postings, lengths, count);
    const whole = Map.groupBy(spellings.keys(), partOf);
    const first = Map.groupBy(
      [...spellings].flatMap(([word, { outside }]) => (outside > 0 ? [word] : [])),
      firstPartOf,
    );
    // Those of other scripts have one part only, which is whole already.
    for (const name of whole.keys()) first.delete(name);
    for (const name of [...whole.keys()].toSorted()) {
      await breathe();
      const words = whole.get(name) ?? [];
      yield [name, partFor(words, { spellings, scored, outside: false })] as const;
    }
    for (const name of [...first.keys()].toSorted()) {
      await breathe();
      const words = first.get(name) ?? [];
      yield [name, partFor(words, { spellings, scored, outside: true })] as const;
    }
  }

  return {
    add,
    parts,
    spellings: () =>
      [...spellings]
        .filter(([word]) => /^\p{L}{3,24}$/u.test(word) && partOf(word) !== firstPartOf(word))
        .toSorted(([a, one], [z, other]) => other.pages - one.pages || (a < z ? -1 : 1))
        .slice(0, mostSpellings)
        .map(([word]) => word)
        .toSorted()
        .join(" "),
  };
}

function notePosting(
  postings: Map<string, Posting>,
  term: string,
  [document, field]: readonly [number, number],
): void {
  let known = postings.get(term);
  if (known === undefined) postings.set(term, (known = { documents: [], fields: [], counts: [] }));
  const { documents, fields, counts } = known;
  const last = documents.length - 1;
  if (documents[last] === document && fields[last] === field) {
    counts[last] = (counts[last] ?? 0) + 1;
    return;
  }
  documents.push(document);
  fields.push(field);
  counts.push(1);
}

function noteSpelling(
  spellings: Map<string, Spelling>,
  {
    word,
    term,
    document,
    outside,
  }: { word: string; term: string; document: number; outside: boolean },
): void {
  let known = spellings.get(word);
  if (known === undefined) {
    known = { term, pages: 0, outside: 0, last: -1, lastOutside: -1 };
    spellings.set(word, known);
  }
  if (known.last !== document) known.pages += 1;
  known.last = document;
  if (outside && known.lastOutside !== document) known.outside += 1;
  if (outside) known.lastOutside = document;
}

type Scored = (term: string, outside: boolean) => readonly FieldPostings[];

function scorer(
  postings: ReadonlyMap<string, Posting>,
  lengths: readonly (readonly number[])[],
  count: number,
): Scored {
  const average = lengths.map((ones) => ones.reduce((sum, one) => sum + one, 0) / count);
  return (term, outside) => {
    const { documents, fields, counts } = postings.get(term) ?? {
      documents: [],
      fields: [],
      counts: [],
    };
    // lunr counts a page once for each of its fields.
    const idf = Math.log(1 + Math.abs((count - documents.length + 0.5) / (documents.length + 0.5)));
    const found = searchFields.map((): [number[], number[]] => [[], []]);
    const last = searchFields.map(() => 0);
    for (const [at, document] of documents.entries()) {
      const field = fields[at] ?? 0;
      if (outside && field === bodyField) continue;
      const tf = counts[at] ?? 0;
      const length = (lengths[field]?.[document] ?? 0) / (average[field] || 1);
      const score = (idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * length) + tf);
      const boosted = score * boosts[searchFields[field] ?? "body"];
      found[field]?.[0].push(document - (last[field] ?? 0));
      found[field]?.[1].push(Math.max(1, Math.round(boosted * scoreUnit)));
      last[field] = document;
    }
    return found.flatMap(([ones, scores], field): FieldPostings[] =>
      ones.length === 0 ? [] : [[field, ones, scores]],
    );
  };
}

type Contents = {
  readonly spellings: ReadonlyMap<string, Spelling>;
  readonly scored: Scored;
  /** Titles, headings and tags alone. */
  readonly outside: boolean;
};

function partFor(words: readonly string[], { spellings, scored, outside }: Contents): SearchPart {
  const sorted = words.toSorted();
  const of = (word: string) => spellings.get(word);
  const terms = [...new Set(sorted.map((word) => of(word)?.term ?? word))].toSorted();
  return {
    words: sorted
      .map((word) => `${word} ${((outside ? of(word)?.outside : of(word)?.pages) ?? 0).toString()}`)
      .join(" "),
    terms: Object.fromEntries(terms.map((term) => [term, scored(term, outside)])),
  };
}

/** The part that holds a word: by its first two letters, or by chance of its first character. */
export function partOf(word: string): string {
  if (/^[a-z0-9]{2}/u.test(word)) return `w-${word.slice(0, 2)}`;
  return /^[a-z0-9]/u.test(word) ? `w-${word.charAt(0)}_` : firstPartOf(word);
}

/** The part for a single letter: titles, headings and tags; characters without case have one part. */
export function firstPartOf(word: string): string {
  if (/^[a-z0-9]/u.test(word)) return `t-${word.charAt(0)}`;
  return `x-${((word.codePointAt(0) ?? 0) % 64).toString()}`;
}
