/**
 * The file with this device's keys, apart from the databases so that a copy of them carries no key.
 * The public halves are readable; the private ones lie in it wrapped, or bare under file permissions.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

const protectionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("file_permissions"), secret: z.base64() }),
  z.object({ kind: z.literal("key_store"), wrapped: z.base64() }),
  z.object({
    kind: z.literal("passphrase"),
    salt: z.base64(),
    nonce: z.base64(),
    sealed: z.base64(),
    /** scrypt's cost, so that it can be raised later. Bounded: the file could be hostile. */
    logN: z.number().int().min(1).max(20),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(4),
  }),
]);

const keyFileSchema = z.object({
  v: z.literal(1),
  device: deviceIdSchema,
  signingKey: z.base64(),
  agreementKey: z.base64(),
  protection: protectionSchema,
});
export type KeyFile = z.infer<typeof keyFileSchema>;
export type Protection = KeyFile["protection"];

/** Reads the profile's key file; undefined when there is none. Fails with `damaged_keys`. */
export function readKeyFile(profile: string): KeyFile | undefined {
  const text = readIfPresent(pathIn(profile));
  if (text === undefined) return undefined;
  const parsed = keyFileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ExpectedFailure(
    "damaged_keys",
    "The file with this device's keys is damaged or from a newer version, so nothing can be signed. Put device-keys.json back from a backup; if there is none, move it away and Guildhall makes new keys.",
  );
}

/** Writes it so that after a crash there is either the old file or the new one. */
export function writeKeyFile(profile: string, file: KeyFile): void {
  const path = pathIn(profile);
  const draft = `${path}.tmp`;
  const handle = openSync(draft, "w", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
}

function pathIn(profile: string): string {
  return join(profile, "device-keys.json");
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses undefined, and the caller then says what to do.
    return undefined;
  }
}

/** Makes the rename itself durable; Windows has no handle for a folder and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
