/** What every part of the exchange works with. */
import type { DeviceId, IdSource, RecordId } from "#shared/domain/ids.ts";
import type { Databases, Readable } from "../../db/database.ts";
import type { Logger } from "../../engine.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import type { Intake, Standing } from "../intake.ts";
import type { Outbox } from "../outbox.ts";
import type { Pace, Protections } from "../pace.ts";
import type { Signer } from "./frames.ts";
import type { Holdings } from "./holdings.ts";
import { freshLookMemory, type LookMemory } from "./look.ts";
import type { MissingPart } from "./missing.ts";
import type { WatchedFolder } from "./watched-folder.ts";

/** The library that the folder has to hold. */
export type ExpectedLibrary = {
  readonly id: RecordId;
  /** The root key as LIBRARY.json has it. */
  readonly root: string;
  /** LIBRARY.json, to put it back; undefined when it is not here. */
  readonly file: Uint8Array | undefined;
};

/** What the exchange has to know of the people. */
export type RosterView = {
  readonly standingOf: (db: Readable, device: DeviceId) => Standing;
  /** Devices that may write now, whoever's. */
  readonly activeDevices: (db: Readable) => readonly DeviceId[];
  readonly stewardDevices: (db: Readable) => readonly DeviceId[];
};

/** The attachments of this profile, as far as the folder is concerned. */
export type AttachmentStore = {
  readonly read: (hash: string) => Promise<Uint8Array | undefined>;
  readonly isHere: (hash: string) => boolean;
};

export type Context = {
  readonly library: ExpectedLibrary;
  readonly folder: WatchedFolder;
  readonly databases: Databases;
  readonly intake: Intake;
  readonly outbox: Outbox;
  /** What is held now; take it anew after something was accepted. */
  readonly holdings: (db: Readable) => Holdings;
  readonly roster: RosterView;
  readonly attachments: AttachmentStore;
  readonly signer: Signer;
  readonly cryptography: Cryptography;
  readonly clock: IdSource;
  readonly breathe: () => Promise<void>;
  readonly pace: Pace;
  readonly protections: Protections;
  readonly logger: Logger;
  readonly version: string;
  readonly memory: Memory;
};

/** When something was found missing, and how long this device waits before it acts. */
export type Absence = { readonly since: number; readonly sweeps: number; readonly delay: number };

/** What is remembered between cycles. All of it can be lost: a new start looks at everything. */
export type Memory = {
  readonly look: LookMemory;
  /** Paths of which nothing more is to be learnt. */
  readonly settled: Set<string>;
  /** What each device's folders listed when they were compared last, to skip what is the same. */
  readonly shelves: Map<DeviceId, string>;
  readonly absences: Map<string, Absence>;
  /** Bytes read of each device's files on a day. */
  readonly budgets: Map<DeviceId, { readonly day: number; readonly bytes: number }>;
  /** What is known to exist and is not here, as of the last time that anything came. */
  missing: readonly MissingPart[];
  /** Acknowledgements and bundles by the last listing of their folders. */
  acks: readonly string[];
  bundles: readonly string[];
  /** How many changes each bundle's header says it holds. */
  readonly bundleChanges: Map<string, number>;
  /** The folder was seen without any head, and what is put back is put back because of that. */
  emptied: boolean;
  /** The folder shows an older head of this device than was written; told once. */
  wentBack: boolean;
  rootAbsence: Absence | undefined;
  headAbsence: Absence | undefined;
  ackSampledAt: number;
  /** When the own holdings were compared with the last acknowledgement. */
  ackCheckedAt: number;
  bundleDueAt: number | undefined;
  relayed: { since: number; files: number; bytes: number };
  patrolAt: number;
};

/** The memory of a start. */
export function freshMemory(): Memory {
  return {
    look: freshLookMemory(),
    settled: new Set(),
    shelves: new Map(),
    absences: new Map(),
    budgets: new Map(),
    missing: [],
    acks: [],
    bundles: [],
    bundleChanges: new Map(),
    emptied: false,
    wentBack: false,
    rootAbsence: undefined,
    headAbsence: undefined,
    ackSampledAt: 0,
    ackCheckedAt: 0,
    bundleDueAt: undefined,
    relayed: { since: 0, files: 0, bytes: 0 },
    patrolAt: 0,
  };
}
