/** What the people of a library are built from. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import type { Databases, Readable } from "../../db/database.ts";
import type { Logger } from "../../engine.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import type { Identity } from "../../identity/identity.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { Projections } from "../../projections/projections.ts";
import type { RecordStore } from "../../records/record-store.ts";
import type { Folder } from "../folder.ts";
import type { Intake } from "../intake.ts";
import type { JoinRequests } from "./join-requests.ts";
import type { ActWriter } from "./write-acts.ts";
import type { RosterSource } from "./roster-source.ts";

export type PeopleDependencies = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly cryptography: Cryptography;
  readonly clock: IdSource;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly projections: Pick<Projections, "refold" | "finish" | "rebuild">;
  readonly intake: Intake;
  readonly roster: RosterSource;
  readonly acts: ActWriter;
  readonly logger: Logger;
  readonly requests: JoinRequests;
  readonly emit: GuildhallEmit;
  /** The real folder at an absolute path. */
  readonly openFolder: (path: string) => Folder;
  /** A record's title as it is now; "" where it is not known. */
  readonly nameOf: (db: Readable, id: string) => string;
  /**
   * Looks at the folder now, as far as one is chosen: after founding and joining, so that one step
   * leaves everything usable. Its failures are shown by the state of sharing and nowhere else.
   */
  readonly lookNow: () => Promise<void>;
  /** What is remembered of the folder's files has to be forgotten: they will have to be read again. */
  readonly sharingEnded: () => void;
};
