/**
 * Words that stand for each other: the workspace's vocabulary terms, the starter list where no term
 * takes its place, and acronyms that records explain. It says which, and never how much they weigh.
 */
import type { VocabularyEntry } from "#shared/contract/search.ts";
import { recordIdSchema, type RecordId } from "#shared/domain/ids.ts";
import type { Readable } from "../../db/database.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import { foldText } from "../analysis/tokenize.ts";
import {
  hasAcronyms,
  otherForms,
  readAcronyms,
  readTerms,
  startsLongForm,
  stemsIn,
  type Term,
} from "./synonym-tables.ts";
import { starterTerms } from "./starter-terms.ts";

/** A word or phrase that may stand for the one that was asked. */
export type Synonym = {
  /** As its source writes it. */
  readonly word: string;
  /** With single spaces. */
  readonly stems: string;
  readonly by: "vocabulary" | "starter" | "acronym";
  readonly term: RecordId | null;
};

export type Synonyms = {
  /** What may stand for the stems of a word or phrase, with single spaces; terms first. */
  readonly of: (stems: string) => readonly Synonym[];
  /** Everything that is known, by name. */
  readonly entries: () => readonly VocabularyEntry[];
  /** Forgets what a change to the index made untrue. */
  readonly refresh: () => void;
};

/** More acronyms than anybody would go through; the commonest are listed. */
const mostListed = 500;

type Lookup = {
  readonly byStems: ReadonlyMap<string, readonly Synonym[]>;
  /** By the folded name, the terms that take the place of whatever else has this name. */
  readonly named: ReadonlyMap<string, Term>;
};

/** Reads them from one database; what nothing asks for is not read. */
export function createSynonyms(db: Readable): Synonyms {
  const answers = createBoundedCache<string, readonly Synonym[]>(4000, () => 1);
  const starts = createBoundedCache<string, boolean>(4000, () => 1);
  let lookup: Lookup | undefined;
  let mined: boolean | undefined;

  function current(): Lookup {
    return (lookup ??= lookupOf(readTerms(db)));
  }

  /** Nearly every word of a query is no part of an acronym, which costs one look for all its phrases. */
  function mayBeAcronym(stems: string): boolean {
    if (!(mined ??= hasAcronyms(db))) return false;
    const [first = "", ...others] = stems.split(" ");
    if (others.length === 0) return true;
    return starts.keep(first, () => startsLongForm(db, first));
  }

  function find(stems: string): readonly Synonym[] {
    const { byStems, named } = current();
    const groups = byStems.get(stems) ?? [];
    const known = new Set([stems, ...groups.map((synonym) => synonym.stems)]);
    const acronyms = (mayBeAcronym(stems) ? otherForms(db, stems) : [])
      .filter((form) => !known.has(form.stems) && named.get(foldText(form.word))?.off !== true)
      .map((form): Synonym => ({ ...form, by: "acronym", term: null }));
    return [...groups, ...acronyms];
  }

  return {
    of: (stems) => answers.keep(stems, () => find(stems)),
    entries: () => {
      const terms = readTerms(db);
      const { named } = lookupOf(terms);
      return [
        ...terms.map(termEntry),
        ...starterEntries(named),
        ...acronymEntries(db, named),
      ].toSorted((a, b) => (foldText(a.name) < foldText(b.name) ? -1 : 1));
    },
    refresh: () => {
      answers.clear();
      starts.clear();
      lookup = undefined;
      mined = undefined;
    },
  };
}

type Group = {
  readonly words: readonly string[];
  readonly by: Synonym["by"];
  readonly term: RecordId | null;
};

function lookupOf(terms: readonly Term[]): Lookup {
  const named = new Map(terms.map((term) => [foldText(term.words[0] ?? ""), term]));
  const starters = starterTerms.filter((words) => replacedBy(named, words) === undefined);
  const groups: readonly Group[] = [
    ...merged(terms.filter(({ off }) => !off)),
    ...starters.map((words): Group => ({ words, by: "starter", term: null })),
  ];
  const byStems = new Map<string, Synonym[]>();
  for (const { words, by, term } of groups) {
    const synonyms = distinct(words.map((word) => ({ word, stems: stemsIn(word), by, term })));
    for (const { stems } of synonyms) {
      const others = synonyms.filter((synonym) => synonym.stems !== stems);
      byStems.set(stems, distinct([...(byStems.get(stems) ?? []), ...others]));
    }
  }
  return { byStems, named };
}

/** A term that is merged into another one that is in force lends it its words. */
function merged(terms: readonly Term[]): readonly Group[] {
  const byId = new Map(terms.map((term) => [term.id, term]));
  const groups = new Map<string, string[]>();
  for (const term of terms) {
    const home = homeOf(byId, term);
    groups.set(home.id, [...(groups.get(home.id) ?? []), ...term.words]);
  }
  return Array.from(groups, ([id, words]): Group => {
    return { words, by: "vocabulary", term: recordIdSchema.parse(id) };
  });
}

/** Where a chain of mergers ends; in a ring, at the term whose id comes first. */
function homeOf(byId: ReadonlyMap<string, Term>, term: Term): Term {
  const passed: Term[] = [];
  let at: Term | undefined = term;
  while (at !== undefined && !passed.includes(at)) {
    passed.push(at);
    at = byId.get(at.mergedInto ?? "");
  }
  if (at === undefined) return passed.at(-1) ?? term;
  const ring = passed.slice(passed.indexOf(at));
  return ring.reduce((first, one) => (one.id < first.id ? one : first), at);
}

function distinct(synonyms: readonly Synonym[]): Synonym[] {
  const seen = new Set<string>([""]);
  return synonyms.filter(({ stems }) => !seen.has(stems) && seen.add(stems));
}

function replacedBy(named: Lookup["named"], words: readonly string[]): Term | undefined {
  for (const word of words) {
    const term = named.get(foldText(word));
    if (term !== undefined) return term;
  }
  return undefined;
}

function termEntry({ id, words, off }: Term): VocabularyEntry {
  const term = recordIdSchema.parse(id);
  return {
    name: words[0] ?? "",
    words: [...words],
    from: "workspace",
    term,
    inForce: !off,
    records: 0,
  };
}

function starterEntries(named: Lookup["named"]): readonly VocabularyEntry[] {
  return starterTerms.map((words): VocabularyEntry => {
    const instead = replacedBy(named, words);
    return {
      name: words[0] ?? "",
      words: [...words],
      from: "starter",
      term: instead === undefined ? null : recordIdSchema.parse(instead.id),
      inForce: instead === undefined,
      records: 0,
    };
  });
}

function acronymEntries(db: Readable, named: Lookup["named"]): readonly VocabularyEntry[] {
  return readAcronyms(db, mostListed).map(({ short, long, records }): VocabularyEntry => {
    const instead = named.get(foldText(short));
    return {
      name: short,
      words: [short, long],
      from: "texts",
      term: instead?.off === true ? recordIdSchema.parse(instead.id) : null,
      inForce: instead?.off !== true,
      records,
    };
  });
}
