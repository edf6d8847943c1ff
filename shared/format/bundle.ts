/**
 * A bundle: many devices' segments in one file, for whoever joins. It vouches for nothing: each part
 * is a whole segment file and is verified as its own author's. The payload is, for each part, its
 * length (4 bytes, big-endian) and its bytes.
 */
import { z } from "zod";
import { bytes32Schema } from "./bytes.ts";
import { type Opened, openFrame, type Problem } from "./frame.ts";
import { commonFields, payloadFields, writtenAtSchema } from "./header-fields.ts";
import { limits } from "./limits.ts";

export const bundleHeaderSchema = z.looseObject({
  ...commonFields,
  ...payloadFields,
  at: writtenAtSchema,
  parts: z.int().positive(),
  /** How much is in it, so that others know from the header alone whether a newer one is needed. */
  cover: z.looseObject({
    streams: z.int().positive(),
    changes: z.int().positive(),
    /** SHA-256 of the lines that an acknowledgement of just this content would have. */
    digest: bytes32Schema,
  }),
});
export type BundleHeader = z.infer<typeof bundleHeaderSchema>;

/** Opens a bundle, or its first 4 KB. */
export function openBundle(bytes: Uint8Array): Opened<BundleHeader> | Problem {
  const opened = openFrame("bundle", bytes, bundleHeaderSchema);
  if ("problem" in opened) return opened;
  return opened.fields.plen > limits.bundleFile ? { problem: "oversize" } : opened;
}

/** The payload of a bundle. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const payload = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(payload.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    payload.set(part, at + 4);
    at += 4 + part.length;
  }
  return payload;
}

/**
 * The parts of a payload, one after another; they share its memory. A truncated bundle gives the
 * parts that are whole: each of them proves itself. A length that cannot be ends it with `oversize`.
 */
export function* splitParts(payload: Uint8Array): Generator<Uint8Array, Problem | undefined> {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  for (let at = 0; at < payload.length;) {
    if (payload.length < at + 4) return { problem: "truncated" };
    const length = view.getUint32(at);
    if (length > limits.segmentFile) return { problem: "oversize" };
    if (payload.length < at + 4 + length) return { problem: "truncated" };
    yield payload.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}
