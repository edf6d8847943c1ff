/** The fields that every header has: which library, which device, and the key that proves it. */
import { z } from "zod";
import { deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { bytes32Schema } from "./bytes.ts";
import { formatVersion, incarnations, knownFeatures, limits } from "./limits.ts";

export const commonFields = {
  v: z.literal(formatVersion),
  lib: recordIdSchema,
  dev: deviceIdSchema,
  /** The device's signing key; the device's id is its hash, which the engine checks. */
  key: bytes32Schema,
} as const;

export const incarnationSchema = z.int().nonnegative().lt(incarnations);
export const sequenceSchema = z.int().positive();

/** When it was written, by its device's clock. */
export const writtenAtSchema = z.iso.datetime({ precision: 3 });

/** What the payload weighs in the file, and its SHA-256. */
export const payloadFields = { plen: z.int().nonnegative(), phash: bytes32Schema } as const;

/**
 * What whoever reads has to know: `req:name` to apply the changes at all, any other for better use.
 * A stranger's features are kept as they are.
 */
export const featuresSchema = z.array(z.string().min(1).max(64)).max(limits.features).optional();

/** The required features that this version does not know; the changes then wait for an update. */
export function unknownRequirements(features: readonly string[] | undefined): readonly string[] {
  return (features ?? []).filter((name) => name.startsWith("req:") && !knownFeatures.has(name));
}
