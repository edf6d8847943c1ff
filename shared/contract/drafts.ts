/** Drafts: what somebody is writing, kept on this device from the first pause in typing. */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { recordVersionSchema } from "#shared/domain/record-version.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";
import { fieldInputSchema, instantSchema } from "./record-shapes.ts";

const content = lazily(() =>
  z.strictObject({
    /** The record being edited; absent while a new one is written. */
    record: recordIdSchema.optional(),
    type: z.string().min(1).max(64),
    /** The version of the record that the draft started from. */
    base: recordVersionSchema.optional(),
    fields: fieldInputSchema(),
    body: z.string(),
  }),
);

export const draftSchema = lazily(() =>
  content().extend({
    key: z.string(),
    title: z.string(),
    savedAt: instantSchema(),
  }),
);
export type Draft = z.infer<ReturnType<typeof draftSchema>>;

export const drafts = {
  list: query(
    () => z.strictObject({}),
    () => z.array(draftSchema().omit({ body: true, fields: true })),
  ),
  /** The draft under the key (the record's id, or a new one's own key), or null. */
  get: query(
    () => z.strictObject({ key: z.string().max(64) }),
    () => draftSchema().nullable(),
  ),
  /**
   * Answers only after the commit; `savedAt` is the moment it was on the disk. With `over` it
   * replaces that draft only (null: none), and fails with `draft_elsewhere` when another window has
   * saved one under this key since.
   */
  save: command(
    () =>
      content().extend({
        key: z.string().min(1).max(64),
        over: instantSchema().nullable().optional(),
      }),
    () => z.object({ savedAt: instantSchema() }),
  ),
  /** With `over` only the draft that was saved then: another window's is left alone. */
  discard: command(
    () => z.strictObject({ key: z.string().max(64), over: instantSchema().optional() }),
    () => z.object({}),
  ),
};
