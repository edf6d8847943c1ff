/** What the shared folder is like: what keeps one from it, what lies in it, and what was found wrong. */
import { z } from "zod";
import { deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { lazily } from "#shared/rpc/define.ts";

/** What stands between this device and the folder, and the one sentence and step for it. */
export const folderProblemSchema = lazily(() =>
  z.object({
    reason: z.enum([
      "missing",
      "empty",
      "other_library",
      "read_only",
      "full",
      "denied",
      "slow",
      "unavailable",
      "damaged",
      "newer_format",
      "not_admitted",
      "removed",
      "locked",
    ]),
    sentence: z.string(),
  }),
);

/** What lies in a folder that somebody chose. */
export const folderLookSchema = lazily(() =>
  z.object({
    kind: z.enum(["empty", "library", "other_files", "not_writable"]),
    library: recordIdSchema.nullable(),
    name: z.string().nullable(),
    fingerprint: z.string().nullable(),
    /** How many entries stand beside a library or in its place. */
    entries: z.number().int(),
  }),
);

const setAsideSchema = lazily(() =>
  z.object({
    /** Relative to the shared folder. */
    path: z.string(),
    reason: z.enum([
      "truncated",
      "hash",
      "signature",
      "unknown_device",
      "removed",
      "not_permitted",
      "future_format",
      "oversize",
      "fork",
      "other_library",
      "not_guildhall",
    ]),
    /** What happened and what it means, and what to do about it. */
    sentence: z.string(),
    action: z.string(),
    since: z.iso.datetime(),
  }),
);

export const healthOfFolderSchema = lazily(() =>
  z.object({
    setAside: z.array(setAsideSchema()),
    /** Changes that another device holds and this one has not found. */
    missing: z.array(
      z.object({ device: deviceIdSchema, person: z.string(), changes: z.number().int() }),
    ),
    /** Changes that are here and were refused, by reason. */
    refused: z.array(
      z.object({
        reason: z.enum(["waiting", "not_permitted", "removed"]),
        person: z.string(),
        record: recordIdSchema,
        title: z.string(),
        changes: z.number().int(),
      }),
    ),
    /** What happened in the folder that somebody should know, newest first. */
    events: z.array(z.object({ at: z.iso.datetime(), sentence: z.string() })),
  }),
);

export const folderVerificationSchema = lazily(() =>
  z.object({
    library: recordIdSchema.nullable(),
    name: z.string().nullable(),
    devices: z.number().int(),
    segments: z.number().int(),
    changes: z.number().int(),
    attachments: z.number().int(),
    bytes: z.number().int(),
    ok: z.boolean(),
    problems: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
);
