/**
 * Devices of several people over one real folder: each with a profile, a log, records, its exchange
 * and the people of the library, put together as the engine does it, with clocks that stand still.
 */
import { cpSync } from "node:fs";
import path from "node:path";
import { attachmentProjector } from "#engine/attachments/attachment-table.ts";
import type { Databases } from "#engine/db/database.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity, type Identity } from "#engine/identity/identity.ts";
import type { ChangeLog } from "#engine/log/change-log.ts";
import { createChangeLog } from "#engine/log/create-change-log.ts";
import { createProjections, type Projections } from "#engine/projections/projections.ts";
import { createRecordFold } from "#engine/records/create-record-fold.ts";
import { createRecordStore } from "#engine/records/create-record-store.ts";
import type { RecordStore } from "#engine/records/record-store.ts";
import { createIntake } from "#engine/sync/create-intake.ts";
import { createOutbox } from "#engine/sync/create-outbox.ts";
import { createExchange, type Exchange } from "#engine/sync/exchange/create-exchange.ts";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import type { Intake } from "#engine/sync/intake.ts";
import { defaultPace, everyProtection } from "#engine/sync/pace.ts";
import { createPeople, type People } from "#engine/sync/people/create-people.ts";
import { readFolderPath, readLibraryRow } from "#engine/sync/people/library-row.ts";
import { createPermit } from "#engine/sync/people/permit.ts";
import { createRosterSource, type RosterSource } from "#engine/sync/people/roster-source.ts";
import { beginIncarnation } from "#engine/workspace/resume-workspace.ts";
import { createStartWorkspace } from "#engine/workspace/start-workspace.ts";
import { readWorkspace } from "#engine/workspace/workspace-row.ts";
import type { SyncReport } from "#shared/contract/sharing.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { type TestClock, testClock } from "./test-clock.ts";
import { testLogger } from "./test-logger.ts";

export type BedDevice = {
  readonly profile: string;
  readonly databases: Databases;
  readonly identity: Identity;
  readonly clock: TestClock;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  /** A store that asks nobody: the records of a modified app. */
  readonly lawless: RecordStore;
  readonly projections: Projections;
  readonly intake: Intake;
  readonly roster: RosterSource;
  readonly people: People["handlers"];
  /** Looks at the folder once. */
  readonly look: (full?: boolean) => Promise<SyncReport | undefined>;
  /** Packs and bundles now; after a look. */
  readonly compact: () => Promise<void>;
  /** What stands between it and the folder since its last look. */
  readonly problem: () => string | undefined;
  readonly events: readonly string[];
  /** The person who writes here. */
  readonly me: () => RecordId;
  readonly titles: (type?: string) => readonly string[];
};

export type PeopleBed = AsyncDisposable & {
  /** The shared folder's path; it exists and is empty. */
  readonly folder: string;
  /** A device; with a name and a department its workspace is started. */
  readonly device: (start?: { name: string; department: string }) => Promise<BedDevice>;
  /** The device's profile on a second computer, as it is now. */
  readonly copy: (of: BedDevice) => Promise<BedDevice>;
  /** Everybody looks at the folder so many times, some seconds apart. */
  readonly meet: (rounds?: number) => Promise<void>;
  /** Moves every clock on. */
  readonly advance: (milliseconds: number) => void;
};

/** `await using bed = createPeopleBed()`; another number makes other keys. */
export function createPeopleBed(first = 1): PeopleBed {
  const folder = temporaryFolder();
  const profiles = temporaryFolder();
  const devices: BedDevice[] = [];
  let passed = 0;
  const advance = (milliseconds: number) => {
    passed += milliseconds;
    for (const { clock } of devices) clock.advance(milliseconds);
  };
  const open = async (prepare?: (profile: string) => void) => {
    const seed = first * 100 + devices.length;
    const profile = path.join(profiles.path, String(seed));
    prepare?.(profile);
    const device = await createDevice(profile, seed);
    device.clock.advance(passed);
    devices.push(device);
    return device;
  };
  return {
    folder: folder.path,
    advance,
    device: async (start) => {
      const device = await open();
      if (start !== undefined) await startOn(device, start);
      return device;
    },
    copy: (of) => open((profile) => cpSync(of.profile, profile, { recursive: true })),
    meet: async (rounds = 3) => {
      for (let round = 0; round < rounds; round += 1) {
        for (const device of devices) await device.look();
        advance(5000);
      }
    },
    [Symbol.asyncDispose]: () => {
      for (const { databases } of devices) databases.close();
      folder[Symbol.dispose]();
      profiles[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

async function startOn(device: BedDevice, start: { name: string; department: string }) {
  const { databases, identity, store, clock } = device;
  const loadSample = () => Promise.resolve();
  await createStartWorkspace({ databases, identity, store, clock, loadSample })({
    ...start,
    sample: false,
  });
}

async function createDevice(profile: string, seed: number): Promise<BedDevice> {
  const clock = testClock(seed * 7919);
  const logger = testLogger();
  const events: string[] = [];
  const emit = (name: string) => void events.push(name);
  const databases = openDatabases(profile);
  const cryptography = nodeCryptography;
  const { randomBytes } = clock;
  const identity = await createIdentity({
    profile,
    cryptography,
    keyStore: null,
    randomBytes,
    logger,
  });
  const log = createChangeLog({ clock, cryptography, identity });
  const roster = createRosterSource({ log, identity, cryptography });
  const projections = createProjections({
    log,
    fold: createRecordFold({ log, judge: (db) => roster.readRoster(db)?.judge }),
    projectors: [attachmentProjector],
  });
  await databases.queue.run((db) => projections.prepare(db));
  const storing = { databases, log, projections, clock, emit };
  const store = createRecordStore({ ...storing, permit: createPermit(roster) });
  const intake = createIntake({
    databases,
    cryptography,
    identity,
    projections,
    clock,
    roster: roster.readRoster,
    beginIncarnation: (db, own) => beginIncarnation(db, { databases, randomBytes }, own),
  });
  const outbox = createOutbox({ identity, cryptography, clock });
  const openFolder = (root: string) => createFileFolder({ root });
  let exchange: { readonly path: string; readonly exchange: Exchange } | undefined;

  async function look(full = false): Promise<SyncReport | undefined> {
    const at = readFolderPath(databases.local);
    const library = readLibraryRow(databases.read);
    if (at === undefined || library === undefined) return undefined;
    if (exchange?.path !== at) {
      const dependencies = {
        databases,
        intake,
        outbox,
        clock,
        logger,
        cryptography,
        roster,
        signer: identity,
        pace: defaultPace,
        protections: everyProtection,
        version: "0.0.0-test",
        library: { id: library.id, root: encodeBase64Url(library.root), file: undefined },
        folder: openFolder(at),
        attachments: { read: () => Promise.resolve(undefined), isHere: () => true },
        breathe: () => Promise.resolve(),
        received: () => undefined,
        attend: people.attend,
      };
      exchange = { path: at, exchange: createExchange(dependencies) };
    }
    return exchange.exchange.cycle({ full });
  }

  const people = createPeople({
    databases,
    identity,
    cryptography,
    clock,
    log,
    store,
    intake,
    roster,
    logger,
    emit,
    projections,
    pace: defaultPace,
    openFolder,
    nameOf: (db, id) =>
      db.prepare<[string], { title: string }>("SELECT title FROM record WHERE id = ?").get(id)
        ?.title ?? "",
    lookNow: async () => void (await look()),
    sharingEnded: () => (exchange = undefined),
    folderOf: (selection) => selection,
  });
  return {
    profile,
    databases,
    identity,
    clock,
    log,
    store,
    projections,
    intake,
    roster,
    look,
    compact: async () => void (await exchange?.exchange.compact()),
    problem: () => exchange?.exchange.state().problem?.reason,
    events,
    lawless: createRecordStore(storing),
    people: people.handlers,
    me: () => recordIdSchema.parse(readWorkspace(databases.read)?.person_id),
    titles: (type) =>
      databases.read
        .prepare<[], { type: string; title: string }>(
          "SELECT type, title FROM record WHERE removed_at IS NULL ORDER BY title",
        )
        .all()
        .filter((row) => type === undefined || row.type === type)
        .map((row) => row.title),
  };
}

/** Ana founds a library in the bed's folder. */
export async function foundLibrary(bed: PeopleBed) {
  const ana = await bed.device({ name: "Ana", department: "Sales" });
  const founded = await ana.people.create({ selection: bed.folder });
  return { ana, founded };
}

/** A colleague comes in by an invitation of the steward's, and everybody has met. */
export async function comeIn(
  bed: PeopleBed,
  steward: BedDevice,
  newcomer: BedDevice,
  { role = "member", departments = [], person, name = "Ben" }: ComingIn = {},
): Promise<void> {
  const asked = { role, departments: [...departments], ...(person && { person }) };
  const { code } = await steward.people.invite(asked);
  await steward.look();
  await newcomer.people.join({ selection: bed.folder, code, name });
  await bed.meet();
}

type ComingIn = {
  readonly role?: "member" | "mentor" | "verifier" | "lead" | "steward";
  readonly departments?: readonly RecordId[];
  readonly person?: RecordId;
  readonly name?: string;
};
