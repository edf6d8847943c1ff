/** The parts of sync that are built once, whatever folder is chosen: the ways in and out of the log, and its pace. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Databases, Readable } from "../db/database.ts";
import { keptReading } from "../db/kept-reading.ts";
import { statement } from "../db/statement.ts";
import type { Logger } from "../engine.ts";
import { type Cryptography, nodeCryptography } from "../identity/cryptography.ts";
import type { Identity } from "../identity/identity.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { Projections } from "../projections/projections.ts";
import type { RecordStore } from "../records/record-store.ts";
import { beginIncarnation } from "../workspace/resume-workspace.ts";
import { createIntake } from "./create-intake.ts";
import { createOutbox } from "./create-outbox.ts";
import { createFileFolder } from "./files/file-folder.ts";
import type { Folder } from "./folder.ts";
import type { Intake } from "./intake.ts";
import type { Outbox } from "./outbox.ts";
import { defaultPace, everyProtection, type Pace, type Protections } from "./pace.ts";
import type { RosterSource } from "./people/roster-source.ts";
import type { Simulated } from "./simulated.ts";

export type SyncDependencies = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly clock: IdSource;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly projections: Projections;
  readonly roster: RosterSource;
  readonly attachments: AttachmentFiles;
  readonly logger: Logger;
  /** The host's own: what comes from the folder must not look like something written here. */
  readonly emit: GuildhallEmit;
  readonly version: string;
  readonly profile: string;
  readonly folderOf: (selection: string) => string;
  readonly simulated?: Simulated;
};

const titleById = statement<[id: string], { readonly title: string }>(
  "SELECT title FROM record WHERE id = ?",
);

export type Parts = {
  readonly cryptography: Cryptography;
  readonly outbox: Outbox;
  readonly intake: Intake;
  readonly pace: Pace;
  readonly protections: Protections;
  readonly openFolder: (root: string) => Folder;
  readonly nameOf: typeof nameOf;
};

/** Builds them. */
export function partsOf(deps: SyncDependencies): Parts {
  const { databases, identity, clock, projections, roster, simulated } = deps;
  const cryptography = nodeCryptography;
  const { randomBytes } = clock;
  const protections = simulated?.protections ?? everyProtection;
  const written = createOutbox({ identity, cryptography, clock });
  const outbox = { ...written, waiting: keptReading(databases, written.waiting) };
  return {
    cryptography,
    protections,
    nameOf,
    pace: simulated?.pace ?? defaultPace,
    openFolder: simulated?.openFolder ?? ((root) => createFileFolder({ root })),
    outbox,
    intake: createIntake({
      databases,
      identity,
      cryptography,
      projections,
      clock,
      roster: roster.readRoster,
      hashes: protections.hashes,
      seal: (db) => {
        const ready = identity.state() === "ready";
        if (ready) outbox.build(db);
        return ready || outbox.waiting(db) === 0;
      },
      beginIncarnation: (db, device) => beginIncarnation(db, { databases, randomBytes }, device),
    }),
  };
}

/** What people call the record. */
export function nameOf(db: Readable, id: string): string {
  return titleById(db).get(id)?.title ?? "";
}
