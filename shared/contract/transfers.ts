/** Import and export. What is imported is first brought to the engine as a selection. */
import { z } from "zod";
import { recordIdSchema, sha256Schema } from "#shared/domain/ids.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";
import { referenceSchema } from "./record-shapes.ts";
import { selectionSchema } from "./selection.ts";

export const importOptionsSchema = lazily(() =>
  z.strictObject({
    as: z.enum(["playbook", "lesson"]).default("playbook"),
    department: recordIdSchema.optional(),
    split: z.enum(["none", "heading", "paragraph"]).default("none"),
    /** Near duplicates are imported unless this says to leave them out. */
    skipNearDuplicates: z.boolean().default(false),
    /** What was decided of single near duplicates, by their paths in the report of the dry run. */
    nearChoices: z
      .array(z.strictObject({ path: z.string(), choice: z.enum(["import", "skip"]) }))
      .max(100_000)
      .default([]),
  }),
);

const problem = lazily(() => z.object({ path: z.string(), reason: z.string() }));

/**
 * `found = created + updated + unchanged + duplicates + skipped.length + failed.length`.
 *
 * `found` counts every Markdown file, and every other entry that was refused for a reason worth
 * knowing (a link, a path that climbs out, a file that was chosen and is not Markdown). Each file
 * counts once, however many records it became. Images and other files that a text refers to are
 * counted in `attachments`; files that are neither Markdown nor referred to, in `otherFiles`.
 */
export const importReportSchema = lazily(() =>
  z.object({
    found: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    duplicates: z.number().int(),
    skipped: z.array(problem()),
    failed: z.array(problem()),
    unresolvedLinks: z.array(z.object({ path: z.string(), target: z.string() })),
    missingImages: z.array(z.object({ path: z.string(), target: z.string() })),
    duplicateFiles: z.array(z.object({ path: z.string(), sameAs: z.string() })),
    nearDuplicates: z.array(
      z.object({
        path: z.string(),
        /** The path of the likest file of this import, or the title of the likest record. */
        like: z.string(),
        /** The record that it is like; null where it is like another file of this import. */
        record: recordIdSchema.nullable().default(null),
        score: z.number(),
        /** How many records the file becomes. */
        records: z.number().int().default(1),
      }),
    ),
    /** What is worth knowing of files that came in all the same: front matter that no parser reads, names that Windows refuses. */
    notes: z.array(problem()),
    /** The first of the records that a dry run would make, one after the other, those of a file together. */
    preview: z.array(
      z.object({
        path: z.string(),
        title: z.string(),
        type: z.string(),
        tags: z.array(z.string()),
        outcome: z.enum(["created", "updated", "unchanged", "duplicate"]),
      }),
    ),
    attachments: z.number().int(),
    otherFiles: z.number().int(),
    /** How many records the created and updated files became or changed; more than files after a split. */
    records: z.number().int(),
    ms: z.number(),
    dryRun: z.boolean(),
    cancelled: z.boolean(),
    /** What to undo to take the whole import back; null when nothing was written. */
    action: recordIdSchema.nullable(),
  }),
);
export type ImportReport = z.infer<ReturnType<typeof importReportSchema>>;

export const exportReportSchema = lazily(() =>
  z.object({
    files: z.number().int(),
    attachments: z.number().int(),
    /** What was not written. */
    skipped: z.array(problem()),
    /** What was written under another name, because the given one cannot exist or is taken. */
    notes: z.array(problem()),
    ms: z.number(),
    /** Where to fetch the ZIP file from when no folder was chosen. */
    download: z.string().nullable(),
  }),
);
export type ExportReport = z.infer<ReturnType<typeof exportReportSchema>>;

const jobStarted = lazily(() => z.object({ job: z.string() }));

export const transfers = {
  /** Opens a selection to upload into; `path` of each file is relative to what was dropped. */
  beginUpload: command(
    () => z.strictObject({ name: z.string().min(1).max(255) }),
    () => selectionSchema,
  ),
  /** Appends bytes (base64, at most 1 MiB decoded) to one file of an upload. */
  upload: command(
    () =>
      z.strictObject({
        selection: z.string(),
        path: z.string().min(1).max(1000),
        bytes: z.base64().max(1_400_000),
      }),
    () => z.object({}),
  ),
  /** Says of a file why it was not uploaded (too large, unreadable), so that it stands in the report. */
  uploadRefused: command(
    () =>
      z.strictObject({
        selection: z.string(),
        path: z.string().min(1).max(1000),
        reason: z.string().max(500),
      }),
    () => z.object({}),
  ),
  dropSelection: command(
    () => z.strictObject({ selection: z.string() }),
    () => z.object({}),
  ),
  /** Starts a job whose result is an import report. */
  importSelection: command(
    () =>
      z.strictObject({
        selection: z.string(),
        options: importOptionsSchema(),
        dryRun: z.boolean(),
      }),
    jobStarted,
  ),
  /** The reports of earlier imports, newest first. */
  imports: query(
    () => z.strictObject({}),
    () =>
      z.array(
        z.object({
          id: recordIdSchema,
          at: z.iso.datetime(),
          name: z.string(),
          report: importReportSchema(),
          undone: z.boolean(),
          /** How many records the undo left as they are, because somebody had written there since. */
          kept: z.number().int(),
        }),
      ),
  ),
  /** Starts a job whose result is an export report; without a selection it makes a ZIP file. */
  exportRecords: command(
    () => z.strictObject({ selection: z.string().optional(), type: z.string().optional() }),
    jobStarted,
  ),
};

const fetched = lazily(() => z.enum(["here", "absent", "waiting", "damaged"]));

/** Attachments: images and files beside a record's text, kept by the hash of their content. */
export const attachments = {
  /** Keeps bytes (base64, at most 25 MiB decoded) and answers what to write in the text. */
  add: command(
    () =>
      z.strictObject({
        record: recordIdSchema.optional(),
        name: z.string().min(1).max(255),
        bytes: z.base64().max(36_000_000),
      }),
    () =>
      z.object({
        hash: z.string(),
        name: z.string(),
        mediaType: z.string(),
        bytes: z.number().int(),
        href: z.string(),
      }),
  ),
  /** Attachments of a record. */
  list: query(
    () => z.strictObject({ record: recordIdSchema }),
    () =>
      z.array(
        z.object({
          hash: z.string(),
          name: z.string(),
          mediaType: z.string(),
          bytes: z.number().int(),
          usedBy: z.array(referenceSchema()),
          /** `absent`: a colleague added it, and its bytes have not been fetched to this device. */
          state: z.enum(["here", "absent", "fetching"]),
          /** Somebody wants it on this device: it is fetched as soon as the folder has it. */
          pinned: z.boolean(),
        }),
      ),
  ),
  /**
   * Brings an attachment to this device from the shared folder; resolves when it is here or cannot be
   * had: `absent`: nobody has put it there yet; `waiting`: the folder cannot give it now;
   * `damaged`: what came was something else.
   */
  fetch: command(
    () => z.strictObject({ hash: sha256Schema }),
    () => z.object({ state: fetched() }),
  ),
  /**
   * Keeps an attachment on this device, to be read without the folder: it is fetched now, or with a
   * later look as soon as the folder has it. Unpinning deletes nothing.
   */
  pin: command(
    () => z.strictObject({ hash: sha256Schema, pinned: z.boolean() }),
    () => z.object({ state: fetched() }),
  ),
};
