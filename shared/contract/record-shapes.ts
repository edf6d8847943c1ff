/** The shapes in which records cross the contract. */
import { z } from "zod";
import { changeIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { jsonSchema } from "#shared/domain/json.ts";
import { recordVersionSchema } from "#shared/domain/record-version.ts";
import { trustStates } from "#shared/domain/trust.ts";
import { lazily } from "#shared/rpc/define.ts";

/** UTC, ISO 8601. */
export const instantSchema = lazily(() => z.iso.datetime());

/** A record as a name to show and an id to open. */
export const referenceSchema = lazily(() =>
  z.object({
    id: recordIdSchema,
    type: z.string(),
    title: z.string(),
  }),
);
export type Reference = z.infer<ReturnType<typeof referenceSchema>>;

/** One row of a list. */
export const summarySchema = lazily(() =>
  z.object({
    id: recordIdSchema,
    type: z.string(),
    title: z.string(),
    department: referenceSchema().nullable(),
    owner: referenceSchema().nullable(),
    status: z.string().nullable(),
    /** What its verification is worth today; null where it carries none. */
    trust: z.enum(trustStates).nullable(),
    /** One sentence: the summary or abstract field, else the start of the text. */
    summary: z.string(),
    updatedAt: instantSchema(),
    updatedBy: referenceSchema().nullable(),
    removedAt: instantSchema().nullable(),
  }),
);
export type RecordSummary = z.infer<ReturnType<typeof summarySchema>>;

/** A register with several values that nothing has replaced yet; the first is the one shown. */
export const conflictSchema = lazily(() =>
  z.object({
    path: z.string(),
    /** Of a text: what all of its versions were made from. */
    base: z.string().optional(),
    values: z.array(
      z.object({
        change: changeIdSchema,
        value: jsonSchema,
        by: referenceSchema().nullable(),
        at: instantSchema(),
      }),
    ),
  }),
);

/**
 * A whole record. `fields` holds every field that has a value, declared or not, without `body`:
 * sets as arrays, ordered lists as arrays of objects that carry their `id`, texts as Markdown.
 */
export const recordSchema = lazily(() =>
  summarySchema()
    .omit({ trust: true })
    .extend({
      revision: z.number().int().positive(),
      /** What of the record's history this is; give it back as `base` when writing on top of it. */
      version: recordVersionSchema,
      createdAt: instantSchema(),
      createdBy: referenceSchema().nullable(),
      fields: z.record(z.string(), jsonSchema),
      body: z.string(),
      /** What the person on this device may do with it; `publish` is giving it the status of that name. */
      may: z.object({
        edit: z.boolean(),
        publish: z.boolean(),
        remove: z.boolean(),
        /** Why not and what to do, for each that is false. */
        why: z
          .object({ edit: z.string(), publish: z.string(), remove: z.string() })
          .partial()
          .optional(),
      }),
      conflicts: z.array(conflictSchema()),
      /** Set while the text shown was merged by machine from several people's and nobody saved it yet. */
      mergedFrom: z.array(referenceSchema()),
      /** Names for the ids that `fields` mentions, so that a screen need not ask again. */
      references: z.array(referenceSchema()),
    }),
);
export type RecordView = z.infer<ReturnType<typeof recordSchema>>;

/** One entry of a record's history. `number` counts from 1, the oldest. */
export const revisionSchema = lazily(() =>
  z.object({
    number: z.number().int().positive(),
    change: changeIdSchema,
    at: instantSchema(),
    by: referenceSchema().nullable(),
    note: z.string().nullable(),
    /** The fields this revision wrote, as names; `body` for the text. */
    changed: z.array(z.string()),
  }),
);
export type Revision = z.infer<ReturnType<typeof revisionSchema>>;

/** A stretch of a comparison, in reading order. */
export const diffRunSchema = lazily(() =>
  z.object({
    kind: z.enum(["same", "added", "removed"]),
    text: z.string(),
  }),
);
export type DiffRun = z.infer<ReturnType<typeof diffRunSchema>>;

/** A field that differs between two states of a record; `runs` where both are words. */
export const fieldChangeSchema = lazily(() =>
  z.object({
    name: z.string(),
    label: z.string(),
    before: jsonSchema.nullable(),
    after: jsonSchema.nullable(),
    runs: z.array(diffRunSchema()).nullable(),
  }),
);
export type FieldChange = z.infer<ReturnType<typeof fieldChangeSchema>>;

/**
 * The fields to write. A missing key is left alone, null clears. Sets are given whole as arrays,
 * ordered lists as arrays of objects (known ones with their `id`), texts as Markdown.
 */
export const fieldInputSchema = lazily(() => z.record(z.string().min(1).max(100), jsonSchema));
