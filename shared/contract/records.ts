/** Records: list, read, write, history, trash, undo. */
import { z } from "zod";
import { changeIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { recordVersionSchema } from "#shared/domain/record-version.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";
import {
  diffRunSchema,
  fieldChangeSchema,
  fieldInputSchema,
  recordSchema,
  referenceSchema,
  revisionSchema,
  summarySchema,
} from "./record-shapes.ts";

const byId = lazily(() => z.strictObject({ id: recordIdSchema }));
const revisionNumber = lazily(() => z.number().int().positive());
/** A revision by its number, or what somebody had before their eyes, whatever its number is by now. */
const momentSchema = lazily(() => z.union([revisionNumber(), recordVersionSchema]));
const written = lazily(() =>
  z.object({
    id: recordIdSchema,
    revision: revisionNumber(),
    action: recordIdSchema.nullable(),
  }),
);

export const records = {
  /** Rows in the asked order, from `offset`; `total` counts all that match. */
  list: query(
    () =>
      z.strictObject({
        type: z.string().optional(),
        status: z.string().optional(),
        department: recordIdSchema.optional(),
        trash: z.boolean().default(false),
        sort: z.enum(["title", "updated"]).default("updated"),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(1000).default(100),
      }),
    () => z.object({ total: z.number().int(), records: z.array(summarySchema()) }),
  ),
  /** The newest records of the types together, each with what was done to it last. */
  latest: query(
    () =>
      z.strictObject({
        types: z.array(z.string()).min(1).max(50),
        limit: z.number().int().min(1).max(100).default(12),
      }),
    () => z.array(summarySchema().extend({ revision: revisionSchema() })),
  ),
  /** How many records there are of each type, and of each status in it; trash apart. */
  counts: query(
    () => z.strictObject({}),
    () =>
      z.object({
        types: z.array(
          z.object({
            type: z.string(),
            count: z.number().int(),
            statuses: z.record(z.string(), z.number().int()),
          }),
        ),
        trash: z.number().int(),
      }),
  ),
  /**
   * Records whose verification ends before a day (YYYY-MM-DD), the longest overdue first; `until` is
   * the last day on which it holds. Superseded, archived and retired ones need no check.
   */
  due: query(
    () =>
      z.strictObject({
        before: z.iso.date(),
        owner: recordIdSchema.optional(),
        limit: z.number().int().min(1).max(200).default(20),
      }),
    () =>
      z.object({
        total: z.number().int(),
        records: z.array(summarySchema().extend({ until: z.string() })),
      }),
  ),
  /** The record as it is, as it was at `revision`, or as who saw `version` saw it. Fails with `not_found`. */
  get: query(
    () =>
      z.strictObject({
        id: recordIdSchema,
        revision: revisionNumber().optional(),
        version: recordVersionSchema.optional(),
      }),
    recordSchema,
  ),
  /** Records whose title starts with or contains the text, for pickers; recent ones for "". */
  lookup: query(
    () =>
      z.strictObject({
        text: z.string().max(200),
        types: z.array(z.string()).optional(),
        limit: z.number().int().min(1).max(50).default(10),
      }),
    () => z.array(referenceSchema()),
  ),
  /** What links here, and what this record links to; `via` is a field's name or "text". */
  links: query(byId, () =>
    z.object({
      backlinks: z.array(referenceSchema().extend({ via: z.string() })),
      related: z.array(referenceSchema().extend({ via: z.string() })),
      /** Link targets in the text that lead to a record: the target as written, and the record. */
      targets: z.array(
        z.object({ href: z.string(), record: referenceSchema(), anchor: z.string().nullable() }),
      ),
      /** Image and file targets in the text that are attachments. */
      attachments: z.array(
        z.object({
          href: z.string(),
          hash: z.string(),
          name: z.string(),
          mediaType: z.string(),
          bytes: z.number().int(),
        }),
      ),
      unresolved: z.array(z.string()),
    }),
  ),
  /** Records that a title (and text) being written may repeat; `score` from 0 to 1. */
  similar: query(
    () =>
      z.strictObject({
        type: z.string(),
        title: z.string().max(500),
        body: z.string().max(200_000).default(""),
        except: recordIdSchema.optional(),
      }),
    () => z.array(referenceSchema().extend({ score: z.number() })),
  ),
  create: command(
    () =>
      z.strictObject({
        type: z.string().min(1).max(64),
        fields: fieldInputSchema(),
        body: z.string().optional(),
        note: z.string().max(2000).optional(),
      }),
    written,
  ),
  /**
   * Writes what differs. `base` is the `version` the writer had before their eyes: what others
   * wrote since then meets it as a concurrent change instead of being lost.
   */
  edit: command(
    () =>
      z.strictObject({
        id: recordIdSchema,
        base: recordVersionSchema.optional(),
        fields: fieldInputSchema().default({}),
        body: z.string().optional(),
        note: z.string().max(2000).optional(),
      }),
    written,
  ),
  /** Moves to the trash. */
  remove: command(
    () => z.strictObject({ ids: z.array(recordIdSchema).min(1).max(10_000) }),
    () => z.object({ removed: z.number().int(), action: recordIdSchema.nullable() }),
  ),
  /** Takes back from the trash. */
  putBack: command(
    () => z.strictObject({ ids: z.array(recordIdSchema).min(1).max(10_000) }),
    () => z.object({ restored: z.number().int(), action: recordIdSchema.nullable() }),
  ),
  history: query(byId, () => z.array(revisionSchema())),
  /** Word-level comparison of the text, and the fields that differ. */
  diff: query(
    () => z.strictObject({ id: recordIdSchema, from: momentSchema(), to: momentSchema() }),
    () =>
      z.object({
        body: z.array(diffRunSchema()),
        fields: z.array(fieldChangeSchema()),
      }),
  ),
  /** Makes the content of an older revision the newest one, as a new revision. */
  restoreRevision: command(
    () => z.strictObject({ id: recordIdSchema, revision: revisionNumber() }),
    written,
  ),
  /**
   * Settles one conflict of the record that was seen as `base`: the write of `change` stays, the
   * others at that path are replaced. Fails with `not_found` when it was settled meanwhile.
   */
  settle: command(
    () =>
      z.strictObject({
        id: recordIdSchema,
        base: recordVersionSchema,
        path: z.string().min(1).max(200),
        change: changeIdSchema,
      }),
    written,
  ),
  /**
   * Takes an action back: what it created goes to the trash, what it wrote gets its former value,
   * unless somebody has written there since (counted in `kept`).
   */
  undo: command(
    () => z.strictObject({ action: recordIdSchema }),
    () =>
      z.object({
        undone: z.number().int(),
        kept: z.number().int(),
        action: recordIdSchema.nullable(),
      }),
  ),
};
