/**
 * Sync as one area: the way in and out of the log, the people, the exchange over the chosen folder,
 * and the loop that looks at it. It is built whether or not anything is shared; without a library
 * and a folder it does nothing.
 */
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { sharing } from "#shared/contract/sharing.ts";
import { deviceIdSchema, type RecordId } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { createBreath } from "../jobs/breath.ts";
import { type AttachmentFetcher, attachmentFetcher } from "./attachment-fetcher.ts";
import { type ChosenFolder, createChosenFolder } from "./chosen-folder.ts";
import { createExchange, type Exchange } from "./exchange/create-exchange.ts";
import { isFailing } from "./exchange/folder-problem.ts";
import type { Folder } from "./folder.ts";
import { giveLease, holdLease } from "./lease.ts";
import { createLooks, type Looks } from "./look-in-turn.ts";
import { createLoop, type Loop, ringOnce } from "./loop.ts";
import { createPeople, type People } from "./people/create-people.ts";
import type { LibraryRow } from "./people/library-row.ts";
import { ownRolesOf } from "./people/members.ts";
import type { RosterSource } from "./people/roster-source.ts";
import { createActWriter } from "./people/write-acts.ts";
import { supportReport } from "./support-report.ts";
import { createSyncHandlers } from "./sync-handlers.ts";
import { nameOf, type Parts, partsOf, type SyncDependencies } from "./sync-parts.ts";

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

/** Builds the area. */
export function createSync(deps: SyncDependencies): Sync {
  const { databases, emit, clock, logger } = deps;
  const parts = partsOf(deps);
  const { pace, outbox } = parts;
  const chosen = createChosenFolder({
    databases,
    openFolder: parts.openFolder,
    openExchange: (folder, library) => exchangeOver({ folder, library, people }, deps, parts),
  });
  const looks = createLooks({
    exchange: chosen.exchange,
    shown: () => shownOf(chosen.exchange(), outbox.waiting(databases.read)),
    tell: () => emit("sharing.changed", {}),
    afterwards: async ({ state }) => {
      if (state().problem === null) await takePinned(attachments, deps);
    },
  });
  const attachments = attachmentFetcher({
    place: path.join(deps.profile, "attachments"),
    pace,
    local: databases.local,
    now: clock.now,
    folder: chosen.folder,
    isHere: (hash) => deps.attachments.pathOf(hash) !== undefined,
  });
  /** What people do to the roster has to go out like what they write. */
  const emitPeople: GuildhallEmit = (name, payload) => {
    emit(name, payload);
    if (name === "sharing.changed") loop.wrote();
  };
  const asking = { ...deps, ...parts, emit: emitPeople };
  const people = createPeople({
    ...asking,
    lookNow: async () => void (await looks.look({ full: true })),
    sharingEnded: chosen.forget,
  });
  const downloads = new Map<string, string>();
  const owner = randomUUID();
  let focused = true;

  const loop: Loop = createLoop({
    look: async () => {
      await looks.look({});
      const problem = chosen.exchange()?.state().problem;
      return !problem || !isFailing(problem);
    },
    surroundings: () => {
      const devices = chosen.exchange()?.state().devices ?? 0;
      return { focused, network: chosen.onNetwork(), devices };
    },
    pace,
    now: clock.now,
    random: Math.random,
    timer: ringOnce,
    lease: (length) => holdLease(databases.local, { owner, now: clock.now(), length }),
    failed: (error) => logger.error("sync.look", error),
  });

  return {
    handlers: {
      ...people.handlers,
      ...folderHandlers({ chosen, looks, asking, downloads }, deps, parts),
    },
    attachments,
    downloadPath: (id) => downloads.get(id),
    start: () => {
      chosen.watch(loop.hint);
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
      chosen.close();
      await looks.ended();
      giveLease(databases.local, owner);
    },
  };
}

type Asking = Parameters<typeof createActWriter>[0] &
  Omit<Parameters<typeof ownRolesOf>[0], "acts">;

type Around = {
  readonly chosen: ChosenFolder;
  readonly looks: Looks;
  readonly asking: Asking;
  readonly downloads: Map<string, string>;
};

function folderHandlers(around: Around, deps: SyncDependencies, parts: Parts) {
  const { chosen, looks, asking, downloads } = around;
  const { databases, store, clock } = deps;
  return createSyncHandlers({
    databases,
    store,
    outbox: parts.outbox,
    now: clock.now,
    randomBytes: clock.randomBytes,
    exchange: chosen.exchange,
    look: looks.look,
    compact: () => looks.inTurn((exchange) => exchange.compact()),
    busy: looks.busy,
    ownRoles: () => ownRolesOf({ ...asking, acts: createActWriter(asking) }),
    ownerOf: (db, device) => ownerOf(db, device, deps.roster),
    supportReport: () => reportOf(deps, parts, chosen.exchange()),
    staging: path.join(deps.profile, "staging"),
    offerDownload: (id, file) => void downloads.set(id, file),
  });
}

type Over = { readonly folder: Folder; readonly library: LibraryRow; readonly people: People };

function exchangeOver(over: Over, deps: SyncDependencies, parts: Parts): Exchange {
  const { folder, library, people } = over;
  const { attachments, emit } = deps;
  return createExchange({
    ...deps,
    ...parts,
    folder,
    library: { id: library.id, root: encodeBase64Url(library.root), file: undefined },
    signer: deps.identity,
    breathe: createBreath(),
    attachments: {
      read: attachments.read,
      isHere: (hash) => attachments.pathOf(hash) !== undefined,
    },
    received: (records, acts) => {
      const ids = records.length > mostNamed ? null : [...records];
      if (records.length > 0) emit("records.changed", { ids, types: null });
      if (acts) emit("sharing.changed", {});
    },
    attend: people.attend,
  });
}

const usersOf = statement<[hash: string], { readonly record: RecordId }>(
  "SELECT DISTINCT record FROM attachment WHERE hash = ?",
);

/** Screens that show such a record show the file from now on. */
async function takePinned(
  attachments: AttachmentFetcher,
  { databases, emit }: SyncDependencies,
): Promise<void> {
  const came = await attachments.fetchPinned();
  const ids = came.flatMap((hash) => usersOf(databases.read).all(hash));
  if (came.length > 0) {
    emit("records.changed", { ids: ids.map(({ record }) => record), types: null });
  }
}

/** What screens show of the folder. */
function shownOf(exchange: Exchange | undefined, waiting: number): string {
  const state = exchange?.state();
  return JSON.stringify([state?.problem?.reason, state?.missing, waiting]);
}

/** More records than this are not named when they are announced. */
const mostNamed = 100;

function ownerOf(db: Readable, device: string, roster: RosterSource): string {
  const admissions = roster.rosterOf(db)?.admissions.get(deviceIdSchema.parse(device));
  return nameOf(db, admissions?.[0]?.person ?? "");
}

function reportOf(deps: SyncDependencies, { intake }: Parts, exchange: Exchange | undefined) {
  const { databases, version, clock, identity } = deps;
  return supportReport(databases.read, {
    version,
    now: clock.now(),
    own: identity.device()?.id,
    ends: intake.streamEnds(databases.read),
    state: exchange?.state(),
  });
}
