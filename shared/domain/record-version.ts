/**
 * What somebody knew of a record when they looked at it. Unlike the number of a revision it stays the
 * same when older changes arrive late, so what is written on top of it replaces exactly what was seen.
 */
import type { z } from "zod";
import { changeIdSchema } from "./ids.ts";

/**
 * Opaque to screens: the change of the record that was the last to come to this device. Everything
 * that came after it had not been seen, whatever its clock says.
 */
export const recordVersionSchema = changeIdSchema.brand<"RecordVersion">();
export type RecordVersion = z.infer<typeof recordVersionSchema>;
