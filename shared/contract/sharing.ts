/** Sharing: the library in a shared folder, the people in it, and how the folder is doing. */
import { z } from "zod";
import { changeIdSchema, deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import { roleSchema } from "#shared/domain/roster/role.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";
import { folderLookSchema, folderProblemSchema, healthOfFolderSchema } from "./folder-shapes.ts";

/** A role as somebody holds it; `departments` is null unless the role is `lead`. */
export const heldRoleSchema = lazily(() =>
  z.object({
    role: roleSchema,
    departments: z.array(z.object({ id: recordIdSchema, name: z.string() })).nullable(),
  }),
);
export type HeldRole = z.infer<ReturnType<typeof heldRoleSchema>>;

export const sharingStateSchema = lazily(() =>
  z.object({
    /** `alone`: nothing is shared; `asking`: a join request waits for a steward; `sharing`: joined. */
    state: z.enum(["alone", "asking", "sharing"]),
    library: recordIdSchema.nullable(),
    name: z.string().nullable(),
    /** What an invitation pins: 16 characters made from the root key. */
    fingerprint: z.string().nullable(),
    /** The folder's name for a screen, never its path. */
    folder: z.string().nullable(),
    roles: z.array(heldRoleSchema()),
    /** When this device asked to join; null unless it waits for an answer. */
    asked: z.iso.datetime().nullable(),
    /** Times of the last change that came in and went out; null before the first. */
    lastReceived: z.iso.datetime().nullable(),
    lastSent: z.iso.datetime().nullable(),
    lastLooked: z.iso.datetime().nullable(),
    /** Own changes that are not in the folder yet. */
    waiting: z.number().int(),
    busy: z.boolean(),
    problem: folderProblemSchema().nullable(),
    /** Records with values of which somebody has to choose one. */
    conflicts: z.number().int(),
    /** Files that were set aside, and changes known to exist that are not here. */
    setAside: z.number().int(),
    missing: z.number().int(),
  }),
);
export type SharingState = z.infer<ReturnType<typeof sharingStateSchema>>;

/** What one look at the folder did. Bytes and files are of this look alone. */
export const syncReportSchema = lazily(() =>
  z.object({
    /** Own changes written to the folder. */
    sent: z.number().int(),
    /** Changes of others that were read. */
    received: z.number().int(),
    /** Of those, how many are applied now. */
    applied: z.number().int(),
    /** Own changes that are still not in the folder. */
    waiting: z.number().int(),
    quarantined: z.array(z.object({ path: z.string(), reason: z.string() })),
    filesOpened: z.number().int(),
    bytesRead: z.number().int(),
    ms: z.number(),
  }),
);
export type SyncReport = z.infer<ReturnType<typeof syncReportSchema>>;

export const memberDeviceSchema = lazily(() =>
  z.object({
    id: deviceIdSchema,
    /** Whether it is the device that asks. */
    own: z.boolean(),
    state: z.enum(["active", "removed"]),
    lastSeen: z.iso.datetime().nullable(),
    /** The version of Guildhall that it last wrote with. */
    version: z.string().nullable(),
    changes: z.number().int(),
    /** How far its clock was ahead when it was last heard of, in minutes; null when it is right. */
    clockAhead: z.number().int().nullable(),
    /** Two copies of Guildhall wrote as this device. */
    forked: z.boolean(),
  }),
);

export const memberSchema = lazily(() =>
  z.object({
    person: recordIdSchema,
    name: z.string(),
    department: z.object({ id: recordIdSchema, name: z.string() }).nullable(),
    own: z.boolean(),
    state: z.enum(["active", "removed"]),
    roles: z.array(heldRoleSchema()),
    devices: z.array(memberDeviceSchema()),
    /** Changes written after a removal, which a steward may adopt. */
    late: z.number().int(),
  }),
);
export type Member = z.infer<ReturnType<typeof memberSchema>>;

export const invitationSchema = lazily(() =>
  z.object({
    id: z.string(),
    role: roleSchema,
    departments: z.array(z.object({ id: recordIdSchema, name: z.string() })).nullable(),
    expires: z.iso.datetime(),
    state: z.enum(["open", "used", "expired", "withdrawn"]),
    /** Who made it and who used it, by name. */
    by: z.string(),
    usedBy: z.string().nullable(),
  }),
);

const selection = lazily(() => z.string());
const departments = lazily(() => z.array(recordIdSchema));

export const sharing = {
  state: query(() => z.strictObject({}), sharingStateSchema),
  /** What a chosen folder holds, before anything is done with it. */
  look: query(() => z.strictObject({ selection: selection() }), folderLookSchema),
  /** Makes a library of this workspace in an empty folder. Shows the recovery sheet this once. */
  create: command(
    () => z.strictObject({ selection: selection() }),
    () => z.object({ library: recordIdSchema, fingerprint: z.string(), recovery: z.string() }),
  ),
  /**
   * Asks to join with an invitation's code. A profile without a workspace gives the person's name;
   * one that has a workspace brings it along.
   */
  join: command(
    () =>
      z.strictObject({
        selection: selection(),
        code: z.string().max(200),
        name: z.string().trim().min(1).max(200).optional(),
        /** Wraps the keys that a profile without a workspace gets. */
        passphrase: z.string().min(8).max(1000).optional(),
      }),
    () =>
      z.object({ library: recordIdSchema, name: z.string(), state: z.enum(["asking", "sharing"]) }),
  ),
  /** Takes this device in as a steward again, with the recovery sheet. */
  recover: command(
    () =>
      z.strictObject({
        selection: selection(),
        recovery: z.string().max(200),
        name: z.string().max(200).optional(),
        passphrase: z.string().min(8).max(1000).optional(),
      }),
    () => z.object({ library: recordIdSchema }),
  ),
  /** Points at the same library under another path. */
  moveFolder: command(
    () => z.strictObject({ selection: selection() }),
    () => z.object({}),
  ),
  /** Stops sharing on this device; everything stays here and in the folder. */
  leave: command(
    () => z.strictObject({}),
    () => z.object({}),
  ),
  /** A code for one person, once, for seven days; without `person` for a new colleague. */
  invite: command(
    () =>
      z.strictObject({
        role: roleSchema.default("member"),
        departments: departments().default([]),
        /** For a further device of this person, who is the one that asks or is invited by a steward. */
        person: recordIdSchema.optional(),
      }),
    () => z.object({ id: z.string(), code: z.string(), expires: z.iso.datetime() }),
  ),
  invitations: query(
    () => z.strictObject({}),
    () => z.array(invitationSchema()),
  ),
  withdrawInvitation: command(
    () => z.strictObject({ id: z.string() }),
    () => z.object({}),
  ),
  /** Admits whoever asked with a valid code. A steward's open app does so by itself. */
  admit: command(
    () => z.strictObject({}),
    () =>
      z.object({
        admitted: z.array(z.object({ person: recordIdSchema, name: z.string(), role: roleSchema })),
        refused: z.array(z.object({ name: z.string(), reason: z.string() })),
      }),
  ),
  members: query(
    () => z.strictObject({}),
    () => z.array(memberSchema()),
  ),
  grant: command(
    () =>
      z.strictObject({
        person: recordIdSchema,
        role: roleSchema,
        departments: departments().default([]),
      }),
    () => z.object({}),
  ),
  withdraw: command(
    () => z.strictObject({ person: recordIdSchema, role: roleSchema }),
    () => z.object({}),
  ),
  /** What they wrote until now stays; what comes later is held. */
  removeMember: command(
    () => z.strictObject({ person: recordIdSchema }),
    () => z.object({}),
  ),
  removeDevice: command(
    () => z.strictObject({ device: deviceIdSchema }),
    () => z.object({}),
  ),
  /** Takes over what somebody wrote honestly before they heard of their removal. */
  adopt: command(
    () => z.strictObject({ person: recordIdSchema }),
    () => z.object({ changes: z.number().int() }),
  ),
  /**
   * Looks at the folder now; waits until that is done. `full` looks at every file; `restore` puts
   * everything that is held here into a folder that somebody emptied. Fails with `folder_…` when the
   * folder cannot be read.
   */
  sync: command(
    () => z.strictObject({ full: z.boolean().default(false), restore: z.boolean().default(false) }),
    syncReportSchema,
  ),
  folderHealth: query(() => z.strictObject({}), healthOfFolderSchema),
  /** A ZIP file for whoever helps: states, counts and reasons; no one's words, names or keys. */
  supportBundle: command(
    () => z.strictObject({}),
    () => z.object({ download: z.string() }),
  ),
  /** The records of which somebody has to choose. */
  conflicts: query(
    () => z.strictObject({}),
    () =>
      z.array(
        z.object({
          id: recordIdSchema,
          type: z.string(),
          title: z.string(),
          paths: z.array(z.string()),
          people: z.array(z.string()),
          at: z.iso.datetime(),
        }),
      ),
  ),
  /** Chooses one of the values at a path. */
  resolve: command(
    () => z.strictObject({ id: recordIdSchema, path: z.string(), change: changeIdSchema }),
    () => z.object({}),
  ),
  /** Joins this device's small files into packs, makes a bundle, deletes what is safely doubled. */
  compact: command(
    () => z.strictObject({}),
    () =>
      z.object({ packs: z.number().int(), bundles: z.number().int(), deleted: z.number().int() }),
  ),
};

export const sharingEvents = {
  /** The folder's state, the people or the conflicts changed. */
  "sharing.changed": lazily(() => z.object({})),
};
