/**
 * A head: where a device's stream ends, in one tiny file whose name alone says that there is
 * something new. It is a hint; what is in the folder is decided by the segments.
 */
import { z } from "zod";
import { bytes32Schema } from "./bytes.ts";
import { checkLength, type Opened, openFrame, type Problem } from "./frame.ts";
import {
  commonFields,
  featuresSchema,
  incarnationSchema,
  writtenAtSchema,
} from "./header-fields.ts";

export const headSchema = z.looseObject({
  ...commonFields,
  /** Counts the device's heads, from 1. */
  n: z.int().positive(),
  inc: incarnationSchema,
  /** The last change in the folder; 0 when there is none. */
  seq: z.int().nonnegative(),
  /** The chain there. */
  chain: bytes32Schema,
  /** The version of the app. */
  app: z.string().min(1).max(40),
  feat: featuresSchema,
  at: writtenAtSchema,
});
export type Head = z.infer<typeof headSchema>;

/** Opens a head file. Its signature is still to be verified. */
export function openHead(bytes: Uint8Array): Opened<Head> | Problem {
  const opened = openFrame("head", bytes, headSchema);
  return "problem" in opened ? opened : (checkLength(opened.payload, 0) ?? opened);
}
