/**
 * Sync as one area: the way in and out of the log, the people, the exchange over the chosen folder,
 * and the loop that looks at it. It is built whether or not anything is shared; without a library
 * and a folder it does nothing.
 */
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { sharing, SyncReport } from "#shared/contract/sharing.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Databases } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Logger } from "../engine.ts";
import { nodeCryptography } from "../identity/cryptography.ts";
import type { Identity } from "../identity/identity.ts";
import { createBreath } from "../jobs/breath.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { Projections } from "../projections/projections.ts";
import type { RecordStore } from "../records/record-store.ts";
import { beginIncarnation } from "../workspace/resume-workspace.ts";
import { createIntake } from "./create-intake.ts";
import { createOutbox } from "./create-outbox.ts";
import { attachmentFetcher, type AttachmentFetcher } from "./attachment-fetcher.ts";
import { createExchange, type CycleOptions, type Exchange } from "./exchange/create-exchange.ts";
import { createFileFolder } from "./files/file-folder.ts";
import { isOnNetwork } from "./folder-kind.ts";
import { giveLease, holdLease } from "./lease.ts";
import { createLoop } from "./loop.ts";
import { defaultPace, everyProtection } from "./pace.ts";
import type { Simulated } from "./simulated.ts";
import { createPeople } from "./people/create-people.ts";
import { readFolderPath, readLibraryRow } from "./people/library-row.ts";
import { ownRolesOf } from "./people/members.ts";
import type { RosterSource } from "./people/roster-source.ts";
import { createActWriter } from "./people/write-acts.ts";
import { supportReport } from "./support-report.ts";
import { createSyncHandlers } from "./sync-handlers.ts";

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

export type Sync = {
  readonly handlers: GroupHandlers<typeof sharing>;
  readonly attachments: AttachmentFetcher;
  readonly downloadPath: (id: string) => string | undefined;
  /** Begins to look at the folder on its own. */
  readonly start: () => void;
  /** Something was written here. */
  readonly wrote: () => void;
  /** Whether somebody is looking at a window; until it is told, somebody is. */
  readonly attention: (focused: boolean) => void;
  readonly stop: () => Promise<void>;
};

const titleById = statement<[id: string], { readonly title: string }>(
  "SELECT title FROM record WHERE id = ?",
);

/** Builds the area. */
export function createSync(deps: SyncDependencies): Sync {
  const { databases, identity, clock, roster, emit, logger } = deps;
  const { pace = defaultPace, protections = everyProtection } = deps.simulated ?? {};
  const openFolder = deps.simulated?.openFolder ?? ((root: string) => createFileFolder({ root }));
  const cryptography = nodeCryptography;
  const outbox = createOutbox({ identity, cryptography, clock });
  const intake = createIntake({
    databases,
    identity,
    cryptography,
    projections: deps.projections,
    clock,
    roster: roster.readRoster,
    hashes: protections.hashes,
    beginIncarnation: (db, device) =>
      beginIncarnation(
        db,
        {
          databases,
          randomBytes: clock.randomBytes,
        },
        device,
      ),
  });
  const nameOf = (db: Databases["read"], id: string) => titleById(db).get(id)?.title ?? "";
  /** What people do to the roster has to go out like what they write. */
  const emitPeople: GuildhallEmit = (name, payload) => {
    emit(name, payload);
    if (name === "sharing.changed") loop.wrote();
  };
  const shared = { ...deps, cryptography, intake, nameOf, emit: emitPeople };
  const people = createPeople({
    ...shared,
    openFolder,
    lookNow: async () => {
      if (current() !== undefined) await look({ full: true });
    },
    sharingEnded: () => opened.forget(),
  });
  const acts = createActWriter(shared);
  const downloads = new Map<string, string>();
  const opened = createOpened();
  let last: Promise<unknown> = Promise.resolve();
  let looking = 0;
  let focused = true;
  let told = "";

  function createOpened() {
    let key = "";
    let exchange: Exchange | undefined;
    let network = false;
    let watch: Disposable | undefined;
    return {
      /** The exchange over the folder as it is chosen now. */
      exchange: (): Exchange | undefined => {
        const library = readLibraryRow(databases.read);
        const root = readFolderPath(databases.local);
        if (library === undefined || root === undefined) {
          exchange = undefined;
          key = "";
          return undefined;
        }
        const wanted = `${library.id} ${root}`;
        if (wanted === key) return exchange;
        key = wanted;
        exchange = open(root, library);
        watch?.[Symbol.dispose]();
        watch = loopRuns ? openFolder(root).watch(() => loop.hint()) : undefined;
        void isOnNetwork(root).then((answer) => (network = answer));
        return exchange;
      },
      forget: () => (key = ""),
      network: () => network,
      close: () => watch?.[Symbol.dispose](),
    };
  }

  function open(root: string, library: { readonly id: string; readonly root: Uint8Array }) {
    const row = readLibraryRow(databases.read);
    if (row === undefined) return undefined;
    return createExchange({
      databases,
      intake,
      outbox,
      roster,
      clock,
      cryptography,
      logger,
      pace,
      folder: openFolder(root),
      library: {
        id: row.id,
        root: encodeBase64Url(library.root),
        file: undefined,
      },
      signer: identity,
      version: deps.version,
      protections,
      breathe: createBreath(),
      attachments: {
        read: deps.attachments.read,
        isHere: (hash) => deps.attachments.pathOf(hash) !== undefined,
      },
      received: (records, changed) => {
        const ids = records.length > 100 ? null : [...records];
        if (records.length > 0)
          emit("records.changed", {
            ids,
            types: null,
          });
        if (changed) emit("sharing.changed", {});
      },
      attend: people.attend,
    });
  }

  const current = () => opened.exchange();

  /** One look after the other, whoever wishes for them. */
  function look(options: CycleOptions): Promise<SyncReport> {
    const mine = last.then(async () => {
      const exchange = current();
      if (exchange === undefined) return emptyReport;
      looking += 1;
      try {
        return await exchange.cycle(options);
      } finally {
        looking -= 1;
        announce();
      }
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  /** Tells screens when what they show of the folder is another. */
  function announce(): void {
    const state = current()?.state();
    const now = JSON.stringify([
      state?.problem?.reason,
      state?.missing,
      outbox.waiting(databases.read),
    ]);
    if (now !== told) emit("sharing.changed", {});
    told = now;
  }

  let loopRuns = false;
  const owner = randomUUID();
  const loop = createLoop({
    look: async () => {
      if (current() === undefined) return true;
      await look({});
      const reason = current()?.state().problem?.reason;
      return reason === undefined || !failing.has(reason);
    },
    surroundings: () => ({
      focused,
      network: opened.network(),
      devices: current()?.state().devices ?? 0,
    }),
    pace,
    now: clock.now,
    random: Math.random,
    timer: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      timer.unref();
      return { [Symbol.dispose]: () => clearTimeout(timer) };
    },
    lease: (length) => holdLease(databases.local, { owner, now: clock.now(), length }),
    failed: (error) => logger.error("sync.look", error),
  });

  const handlers = createSyncHandlers({
    databases,
    outbox,
    look,
    store: deps.store,
    exchange: current,
    now: clock.now,
    randomBytes: clock.randomBytes,
    busy: () => looking > 0,
    ownRoles: () =>
      ownRolesOf({
        ...shared,
        acts,
      }),
    ownerOf: (db, device) => {
      const members = roster.rosterOf(db)?.admissions ?? new Map();
      for (const [id, admissions] of members) {
        if (id === device) return nameOf(db, admissions[0]?.person ?? "");
      }
      return "";
    },
    supportReport: () =>
      supportReport(databases.read, {
        version: deps.version,
        now: clock.now(),
        own: identity.device()?.id,
        ends: intake.streamEnds(databases.read),
        state: current()?.state(),
      }),
    staging: path.join(deps.profile, "staging"),
    offerDownload: (id, file) => void downloads.set(id, file),
  });

  return {
    handlers: { ...people.handlers, ...handlers },
    attachments: attachmentFetcher({
      place: path.join(deps.profile, "attachments"),
      part: pace.attachmentPart,
      folder: () => {
        const root = readFolderPath(databases.local);
        const library = readLibraryRow(databases.read);
        return root === undefined || library === undefined ? undefined : openFolder(root);
      },
      isHere: (hash) => deps.attachments.pathOf(hash) !== undefined,
    }),
    downloadPath: (id) => downloads.get(id),
    start: () => {
      loopRuns = true;
      loop.start();
    },
    wrote: loop.wrote,
    attention: (now) => {
      const returned = now && !focused;
      focused = now;
      if (returned) loop.hint();
    },
    stop: async () => {
      await loop.stop();
      opened.close();
      giveLease(databases.local, owner);
      await last;
    },
  };
}

const emptyReport: SyncReport = {
  sent: 0,
  received: 0,
  applied: 0,
  waiting: 0,
  quarantined: [],
  filesOpened: 0,
  bytesRead: 0,
  ms: 0,
};

/** With these problems a look is tried again ever more rarely; the others pass by somebody's deed. */
const failing: ReadonlySet<string> = new Set([
  "missing",
  "empty",
  "other_library",
  "read_only",
  "full",
  "denied",
  "slow",
  "unavailable",
  "newer_format",
]);
