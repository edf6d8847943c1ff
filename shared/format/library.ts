/**
 * LIBRARY.json: says that a folder is a library, which one, and who founded it. It is written once
 * and is readable JSON, because it is what a curious colleague opens first. Its signature is the root
 * key's, over everything else in it, so spaces and line ends may change on the way.
 */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson, isObject, type Json } from "#shared/domain/json.ts";
import { bytes32Schema, bytes64Schema, decodeText, encodeText } from "./bytes.ts";
import type { Problem } from "./frame.ts";
import { writtenAtSchema } from "./header-fields.ts";
import { formatVersion, limits } from "./limits.ts";
import { readJson } from "./read-json.ts";

export const librarySchema = z.looseObject({
  format: z.literal("guildhall"),
  v: z.literal(formatVersion),
  library: recordIdSchema,
  name: z.string().trim().min(1).max(200),
  /** The root key, which an invitation's code pins. */
  root: bytes32Schema,
  createdAt: writtenAtSchema,
  /** One sentence for whoever opens the folder. */
  note: z.string().max(500),
  signature: bytes64Schema,
});
export type Library = z.infer<typeof librarySchema>;

/** What the root key signs: everything but the signature. */
export function signedLibrary(library: Omit<Library, "signature">): Uint8Array {
  const plain: Json = JSON.parse(JSON.stringify({ ...library, signature: undefined }));
  return encodeText(`guildhall/library/v1\0${canonicalJson(plain)}`);
}

/** The file's bytes. */
export function encodeLibrary(library: Library): Uint8Array {
  return encodeText(`${JSON.stringify(library, null, 2)}\n`);
}

/** Reads LIBRARY.json. Its signature is still to be verified with `root`. */
export function readLibrary(bytes: Uint8Array): { readonly fields: Library } | Problem {
  if (bytes.length > limits.libraryFile) return { problem: "oversize" };
  if (bytes.every((byte) => byte === 0)) return { problem: "truncated" };
  const read = readJson(decodeText(bytes)?.replace(/^\uFEFF/u, "") ?? "");
  // Half of a JSON text is no JSON: nothing tells "cut off" from "something else" but its start.
  if (read === undefined) return { problem: bytes[0] === 0x7b ? "truncated" : "not_guildhall" };
  if (!isObject(read.json) || read.json.format !== "guildhall") return { problem: "not_guildhall" };
  if (typeof read.json.v === "number" && read.json.v > formatVersion) {
    return { problem: "future_format" };
  }
  const parsed = librarySchema.safeParse(read.json);
  return parsed.success ? { fields: parsed.data } : { problem: "hash" };
}
