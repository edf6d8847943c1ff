/** Finding: full text, quick switcher, saved searches. */
import { z } from "zod";
import { searchFields } from "#shared/domain/field.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { trustStates } from "#shared/domain/trust.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";
import { instantSchema, referenceSchema } from "./record-shapes.ts";

/** A snippet as runs of text; `hit` runs are the words that were found. */
const snippetSchema = lazily(() => z.array(z.object({ text: z.string(), hit: z.boolean() })));

export const hitSchema = lazily(() =>
  z.object({
    id: recordIdSchema,
    type: z.string(),
    title: z.string(),
    /** The title with its hits marked. */
    titleRuns: snippetSchema(),
    department: referenceSchema().nullable(),
    status: z.string().nullable(),
    /** What its verification is worth today; null where nothing says. */
    trust: z.enum(trustStates).nullable().default(null),
    updatedAt: instantSchema(),
    /** Near duplicates that are folded under it; `alike` lists them. */
    similar: z.number().int().nonnegative().default(0),
    /** Greater is better; comparable within one answer only. */
    score: z.number(),
    /** The part of the record the snippet is from. */
    field: z.enum(searchFields),
    snippet: snippetSchema(),
  }),
);
export type Hit = z.infer<ReturnType<typeof hitSchema>>;

/** What a query can ask of a record's facts, in the order in which it is offered. */
export const operators = [
  "type",
  "department",
  "topic",
  "tag",
  "tool",
  "author",
  "status",
  "after",
  "before",
] as const;

/** A filter that the query's operators say, for a chip. `text` is what to cut to remove it. */
export const chipSchema = lazily(() =>
  z.object({
    operator: z.enum(operators),
    value: z.string(),
    negated: z.boolean(),
    text: z.string(),
    /** Whether the workspace knows such a value. */
    known: z.boolean(),
  }),
);
export type Chip = z.infer<ReturnType<typeof chipSchema>>;

const facetSchema = lazily(() =>
  z.object({
    operator: z.enum(["type", "department", "tag", "topic", "tool", "status"]),
    values: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
  }),
);

/**
 * A word that stands in for one that was asked. `correction`: the nearest known word for one that
 * nobody wrote; `joining`: written apart or in one; `vocabulary`: a synonym of a term; `starter`: one
 * that Guildhall brings along; `acronym`: somebody wrote "long form (LF)" in this workspace.
 */
const standInSchema = lazily(() =>
  z.object({
    word: z.string(),
    by: z.enum(["correction", "joining", "vocabulary", "starter", "acronym"]),
    /** The vocabulary term that says so; null for every other kind. */
    term: recordIdSchema.nullable(),
  }),
);

const explanationSchema = lazily(() =>
  z.object({
    /** What was asked, each with the words that stand for it in the record and where they stand. */
    words: z.array(
      z.object({
        asked: z.string(),
        found: z.array(z.string()),
        places: z.array(z.object({ field: z.enum(searchFields), count: z.number().int() })),
        /** Whether nobody wrote the word, so that the nearest known ones stand in for it. */
        corrected: z.boolean(),
        /** What of `found` is another word than the one that was asked, and why it stands for it. */
        standIns: z.array(standInSchema()).default([]),
      }),
    ),
    reasons: z.array(
      z.enum([
        "title_is_query",
        "title_starts_with_query",
        "title_has_every_word",
        "words_side_by_side",
        "verified",
        "expired",
        "rejected",
        "outdated",
        "changed_lately",
      ]),
    ),
  }),
);
export type Explanation = z.infer<ReturnType<typeof explanationSchema>>;

/** A search of this device that no record answers. */
const unansweredSchema = lazily(() =>
  z.object({
    text: z.string(),
    /** How often it was searched for. */
    count: z.number().int().positive(),
    lastAt: instantSchema(),
    /** Records that have every word today: somebody may have written the answer since. */
    found: z.number().int().nonnegative(),
    /** The request that asks for it; null where there is none. */
    request: referenceSchema().nullable(),
  }),
);
export type UnansweredSearch = z.infer<ReturnType<typeof unansweredSchema>>;

/** Words that search takes for each other. */
const vocabularyEntrySchema = lazily(() =>
  z.object({
    name: z.string(),
    words: z.array(z.string()),
    /** `workspace`: a vocabulary term; `starter`: Guildhall brings it along; `texts`: an acronym that records explain. */
    from: z.enum(["workspace", "starter", "texts"]),
    /** The term's record: its own, or the one that takes a starter's place. */
    term: recordIdSchema.nullable(),
    /** False for a term that is switched off and for a starter in whose place a term stands. */
    inForce: z.boolean(),
    /** In how many records the acronym is explained; 0 for the other kinds. */
    records: z.number().int().nonnegative(),
  }),
);
export type VocabularyEntry = z.infer<ReturnType<typeof vocabularyEntrySchema>>;

export const search = {
  /**
   * Any text is a query: what cannot be read as an operator is searched as words. The last word
   * counts as a prefix unless a space follows it. One that waits while a newer one of the same
   * `asker` has come fails with `overtaken`, and nothing is searched.
   */
  query: query(
    () =>
      z.strictObject({
        /** Which field is typed into, by a name of the caller's choice; none for a question that stands alone. */
        asker: z.string().max(100).optional(),
        text: z.string().max(2000),
        sort: z.enum(["relevance", "date"]).default("relevance"),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(200).default(20),
        facets: z.boolean().default(false),
      }),
    () =>
      z.object({
        total: z.number().int(),
        /** Whether there may be more than `total`: while a phrase of common words is typed, not all are looked for. */
        more: z.boolean().default(false),
        /** Engine time in milliseconds. */
        ms: z.number(),
        hits: z.array(hitSchema()),
        /** The query whose hits these are, where it is not the typed one: nobody wrote some of its words. */
        corrected: z.string().nullable().default(null),
        /** A query that finds more, to offer where the typed one finds little or nothing. */
        suggestion: z.string().nullable(),
        chips: z.array(chipSchema()),
        facets: z.array(facetSchema()),
        /**
         * While the index is made anew: how many of the records it has so far, the newest first. What
         * was found is then a part of what there is. Null otherwise.
         */
        rebuilding: z
          .object({ done: z.number().int(), total: z.number().int() })
          .nullable()
          .default(null),
      }),
  ),
  /** Why a record answers a query: what stands where in it, and what else moves it up or down. */
  explain: query(
    () => z.strictObject({ text: z.string().max(2000), id: recordIdSchema }),
    explanationSchema,
  ),
  /** The near duplicates that are folded under a hit of this query, best first. */
  alike: query(
    () => z.strictObject({ text: z.string().max(2000), id: recordIdSchema }),
    () => z.array(hitSchema()),
  ),
  /** Titles that fit what is typed, a slip of the finger forgiven; recent records for "". */
  switcher: query(
    () =>
      z.strictObject({
        text: z.string().max(200),
        kind: z.enum(["records", "tags", "people", "departments"]).default("records"),
        limit: z.number().int().min(1).max(50).default(12),
      }),
    () =>
      z.array(
        z.object({
          kind: z.enum(["record", "tag"]),
          id: z.string(),
          type: z.string(),
          title: z.string(),
          titleRuns: snippetSchema(),
          department: z.string().nullable(),
          recent: z.boolean(),
        }),
      ),
  ),
  /** Values to offer after an operator is typed (`tag:`, `department:` …). */
  operatorValues: query(
    () => z.strictObject({ operator: chipSchema().shape.operator, text: z.string().max(200) }),
    () => z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
  ),
  saved: query(
    () => z.strictObject({}),
    () =>
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          text: z.string(),
          sort: z.enum(["relevance", "date"]),
          count: z.number().int(),
        }),
      ),
  ),
  save: command(
    () =>
      z.strictObject({
        id: z.string().optional(),
        name: z.string().trim().min(1).max(200),
        text: z.string().min(1).max(2000),
        sort: z.enum(["relevance", "date"]).default("relevance"),
      }),
    () => z.object({ id: z.string() }),
  ),
  removeSaved: command(
    () => z.strictObject({ id: z.string() }),
    () => z.object({}),
  ),
  /**
   * What came of a search, said once when the person opens a hit or leaves: one that nothing was
   * opened of, and that no record has every word of, is counted. Stays on this device.
   */
  ended: command(
    () => z.strictObject({ text: z.string().max(2000), opened: z.boolean() }),
    () => z.object({ counted: z.boolean() }),
  ),
  /** Searches without an answer, the most frequent first. */
  unanswered: query(
    () => z.strictObject({}),
    () => z.array(unansweredSchema()),
  ),
  /** Forgets these texts; all where none are named. */
  forgetUnanswered: command(
    () => z.strictObject({ texts: z.array(z.string()).optional() }),
    () => z.object({ forgotten: z.number().int() }),
  ),
  /**
   * Makes a request of a search, or votes for the open one that asks for the same. How often it was
   * searched for goes along only where the setting `shareSearchCounts` says so.
   */
  requestUnanswered: command(
    () => z.strictObject({ text: z.string().trim().min(1).max(2000) }),
    () =>
      z.object({ request: recordIdSchema, fresh: z.boolean(), action: recordIdSchema.nullable() }),
  ),
  /** What search takes for the same: terms, what Guildhall brings along, acronyms; by name. */
  vocabulary: query(
    () => z.strictObject({}),
    () => z.array(vocabularyEntrySchema()),
  ),
};
