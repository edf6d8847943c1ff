/**
 * A change: what one person did to one record on one device, once. The log of changes is the
 * truth; everything a screen shows is folded from it. A change says by itself how each of its
 * writes merges, so that an app that does not know a field or a type still keeps and merges it.
 */
import { z } from "zod";
import { timestampSchema } from "./clock.ts";
import {
  type ChangeId,
  changeIdSchema,
  deviceIdSchema,
  recordIdSchema,
  textHashSchema,
} from "./ids.ts";
import { jsonSchema } from "./json.ts";

/** What is written to: see path.ts. */
export const pathSchema = z.string().min(1).max(200);

/** Sets a register. `after` names the writes that the author saw there and replaces. */
const setWriteSchema = z.object({
  kind: z.literal("set"),
  path: pathSchema,
  value: jsonSchema,
  after: z.array(changeIdSchema),
});

/** Adds members to a set, and removes the additions that the author saw of others. */
const membersWriteSchema = z.object({
  kind: z.literal("members"),
  path: pathSchema,
  add: z.array(jsonSchema),
  remove: z.array(z.object({ value: jsonSchema, additions: z.array(changeIdSchema) })),
});

/**
 * A new version of a text. `edits` rebuilds it from the first parent as runs of
 * `[characters kept, characters dropped, text put in]`; `full` gives it whole. `hash` is the
 * text's fingerprint. Offsets are UTF-16 code units.
 */
const textWriteSchema = z.object({
  kind: z.literal("text"),
  path: pathSchema,
  after: z.array(changeIdSchema),
  hash: textHashSchema,
  full: z.string().optional(),
  edits: z.array(z.tuple([z.number().int(), z.number().int(), z.string()])).optional(),
});

const knownKinds: ReadonlySet<string> = new Set(["set", "members", "text"]);

/**
 * A write of a kind that a newer version knows: kept in the log, carried, not applied here. A known
 * kind in another shape is not one of these; it is refused.
 */
const unknownWriteSchema = z.looseObject({
  kind: z.string().refine((kind) => !knownKinds.has(kind), "is a known kind in another shape"),
  path: pathSchema,
});

export const writeSchema = z.union([
  z.discriminatedUnion("kind", [setWriteSchema, membersWriteSchema, textWriteSchema]),
  unknownWriteSchema,
]);
export type SetWrite = z.infer<typeof setWriteSchema>;
export type MembersWrite = z.infer<typeof membersWriteSchema>;
export type TextWrite = z.infer<typeof textWriteSchema>;
export type KnownWrite = SetWrite | MembersWrite | TextWrite;
export type Write = z.infer<typeof writeSchema>;

/** The body of a change: canonical JSON of this is what is hashed and signed. */
export const changeSchema = z.looseObject({
  /** Format of the change; 1 today. */
  v: z.number().int().positive(),
  device: deviceIdSchema,
  incarnation: z.number().int().nonnegative(),
  /** Position in this device's log, from 1 without gaps. */
  sequence: z.number().int().positive(),
  at: timestampSchema,
  /** The person whose device it is; absent only in the change that creates that person. */
  author: recordIdSchema,
  record: recordIdSchema,
  type: z.string().min(1).max(64),
  /**
   * Joins the changes of one action (an import, a bulk edit), so that one undo takes all back. Left
   * out by a change that is an action by itself.
   */
  action: recordIdSchema.optional(),
  /**
   * The change that made the record, where the writes name nothing of it: a field that is filled in
   * for the first time. Only what makes a record names nothing at all.
   */
  on: changeIdSchema.optional(),
  /** What the author says about it; shown in the history. */
  note: z.string().max(2000).optional(),
  writes: z.array(writeSchema),
});
export type ChangeBody = z.infer<typeof changeSchema>;

/**
 * A change with its id, which stands in no body: the chain gives it. One of this device that is an
 * action by itself has that action here, so that it can be undone.
 */
export type Change = ChangeBody & { readonly id: ChangeId };

/** Whether this version knows how to apply the write. */
export function isKnownWrite(write: Write): write is KnownWrite {
  return write.kind === "set" || write.kind === "members" || write.kind === "text";
}

/** The changes that a change says it saw. */
export function namedBy({ writes, on }: Pick<ChangeBody, "writes" | "on">): readonly ChangeId[] {
  const named = writes.filter(isKnownWrite).flatMap((write) => {
    if (write.kind !== "members") return write.after;
    return write.remove.flatMap((removal) => removal.additions);
  });
  return on === undefined ? named : [on, ...named];
}

/** The register that says a record is in the trash: null, or what removal.ts makes. */
export const removedPath = "removed_at";
