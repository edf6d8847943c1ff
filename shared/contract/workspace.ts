/** The workspace: first start, who I am here, settings that stay on this device. */
import { z } from "zod";
import { deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";

/** How the private keys lie on the disk. */
export const keyProtectionSchema = lazily(() =>
  z.enum(["key_store", "passphrase", "file_permissions"]),
);

export const settingsSchema = lazily(() =>
  z.object({
    theme: z.enum(["system", "light", "dark"]),
    contrast: z.enum(["system", "normal", "high"]),
    /** In percent of the ordinary size. */
    textSize: z.number().int().min(80).max(200),
    singleKeyShortcuts: z.boolean(),
    density: z.enum(["comfortable", "compact"]),
    /** Whether a request made of a search without an answer says how often it was searched for. */
    shareSearchCounts: z.boolean(),
    /** Shortcuts that the person changed, by the command's id. */
    shortcuts: z.record(z.string().max(64), z.string().max(64)),
  }),
);
export type Settings = z.infer<ReturnType<typeof settingsSchema>>;

/** The settings before anybody changed one. */
export const defaultSettings: Settings = {
  theme: "system",
  contrast: "system",
  textSize: 100,
  singleKeyShortcuts: true,
  density: "comfortable",
  shareSearchCounts: false,
  shortcuts: {},
};

export const workspace = {
  /**
   * `empty`: nothing here yet, offer the first start; `locked`: the keys wait for a passphrase
   * before anything can be written; `rebuilding`: an update makes lists and search anew, and until
   * then calls about records fail with `rebuilding`; `ready`: everything else can be called.
   */
  state: query(
    () => z.strictObject({}),
    () =>
      z.object({
        state: z.enum(["empty", "locked", "rebuilding", "ready"]),
        workspace: recordIdSchema.nullable(),
        name: z.string().nullable(),
        sample: z.boolean(),
        device: deviceIdSchema.nullable(),
        person: z.object({ id: recordIdSchema, name: z.string() }).nullable(),
        department: z.object({ id: recordIdSchema, name: z.string() }).nullable(),
        keyProtection: keyProtectionSchema().nullable(),
        /** False where the keys cannot be opened here: everything can be read, nothing written. */
        writable: z.boolean().default(true),
        /** Whether the host offers a key store of the operating system. */
        keyStoreAvailable: z.boolean(),
        version: z.string(),
      }),
  ),
  /** Makes the workspace, the device's keys, the department and the person. Fails with `exists`. */
  start: command(
    () =>
      z.strictObject({
        name: z.string().trim().min(1).max(200),
        department: z.string().trim().min(1).max(200),
        /** Fills it with the sample workspace, which is fiction and says so. */
        sample: z.boolean().default(false),
        /** Wraps the keys where no key store of the operating system does. */
        passphrase: z.string().min(8).max(1000).optional(),
      }),
    () => z.object({ workspace: recordIdSchema, device: deviceIdSchema, person: recordIdSchema }),
  ),
  /** Opens keys that a passphrase wraps. Fails with `wrong_passphrase`. */
  unlock: command(
    () => z.strictObject({ passphrase: z.string().max(1000) }),
    () => z.object({}),
  ),
  /** Wraps the keys with a passphrase, or changes it. */
  protect: command(
    () => z.strictObject({ passphrase: z.string().min(8).max(1000) }),
    () => z.object({ keyProtection: keyProtectionSchema() }),
  ),
  settings: query(() => z.strictObject({}), settingsSchema),
  /** Changes the named settings only; the others stay as they are. */
  changeSettings: command(() => settingsSchema().partial().strict(), settingsSchema),
  /** Notes that a record was opened, for "recent". */
  opened: command(
    () => z.strictObject({ id: recordIdSchema }),
    () => z.object({}),
  ),
};
