/** Answers what the contract's `sharing` group asks about the folder; the people are another file's. */
import path from "node:path";
import { type HeldRole, type sharing, type SyncReport } from "#shared/contract/sharing.ts";
import { newRecordId } from "#shared/domain/ids.ts";
import { openJoinRequest } from "#shared/format/join-request.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases, Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { RecordStore } from "../records/record-store.ts";
import { createZipTarget } from "../transfer/export/zip-target.ts";
import { createConflicts } from "./conflicts.ts";
import type { CycleOptions, Exchange } from "./exchange/create-exchange.ts";
import { isReadable } from "./exchange/folder-problem.ts";
import { noFolder, onFolder } from "./people/look-at-folder.ts";
import { healthOfFolder, setAside } from "./health-of-folder.ts";
import type { Outbox } from "./outbox.ts";
import { readFolderPath, readJoinFile, readLibraryRow } from "./people/library-row.ts";

const names = [
  "state",
  "sync",
  "folderHealth",
  "supportBundle",
  "conflicts",
  "resolve",
  "compact",
] as const;

export type SyncHandlers = Pick<GroupHandlers<typeof sharing>, (typeof names)[number]>;

type Dependencies = {
  readonly databases: Databases;
  readonly store: RecordStore;
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly supportReport: () => object;
  /** The exchange over the chosen folder; undefined while none is chosen or nothing is shared. */
  readonly exchange: () => Exchange | undefined;
  /** Looks once, after any look that is under way. */
  readonly look: (options: CycleOptions) => Promise<SyncReport>;
  readonly compact: () => Promise<Awaited<ReturnType<Exchange["compact"]>> | undefined>;
  readonly busy: () => boolean;
  readonly ownRoles: () => readonly HeldRole[];
  readonly ownerOf: (db: Readable, device: string) => string;
  /** Where a bundle for whoever helps is written, and how it is handed over. */
  readonly staging: string;
  readonly offerDownload: (id: string, file: string) => void;
};

const lastReceived = statement<[], { readonly at: number | null }>(
  "SELECT max(at) AS at FROM segment WHERE origin = 'received'",
);
const lastSent = statement<[], { readonly at: number | null }>(
  "SELECT max(at) AS at FROM segment WHERE origin = 'own' AND kind = 'loose' AND published > 0",
);

/** Builds the handlers. */
export function createSyncHandlers(deps: Dependencies): SyncHandlers {
  const { databases, store } = deps;
  const { read } = databases;
  const conflicts = createConflicts({ read, store });

  async function resolve(input: Parameters<SyncHandlers["resolve"]>[0]) {
    const record = store.get(input.id);
    const stands = record?.conflicts
      .find((conflict) => conflict.path === input.path)
      ?.values.some(({ change }) => change === input.change);
    if (record === undefined || stands !== true) throw settledMeanwhile();
    const { id, path: place, change } = input;
    await store.settle({ id, base: record.version, path: place, change });
    return {};
  }

  async function supportBundle() {
    const id = newRecordId(deps);
    const file = path.join(deps.staging, `support-${id}.zip`);
    const target = await createZipTarget(file);
    const text = JSON.stringify(deps.supportReport(), null, 2);
    const changedAt = new Date(deps.now());
    await target.write({ path: "guildhall-support.json", bytes: Buffer.from(text), changedAt });
    await target.finish();
    deps.offerDownload(id, file);
    return { download: id };
  }

  return {
    state: () => stateOf(deps, conflicts.count()),
    sync: async ({ full, restore }) => {
      requireShared(deps);
      const done = await deps.look({ full, restore });
      const problem = deps.exchange()?.state().problem;
      if (problem && !isReadable(problem)) {
        throw new ExpectedFailure(`folder_${problem.reason}`, problem.sentence);
      }
      return done;
    },
    folderHealth: () => {
      const missing = deps.exchange()?.missing() ?? [];
      return healthOfFolder(read, {
        missing,
        now: deps.now(),
        ownerOf: (one) => deps.ownerOf(read, one),
      });
    },
    compact: async () => {
      requireShared(deps);
      await deps.look({ full: true });
      const problem = deps.exchange()?.state().problem;
      if (problem) throw new ExpectedFailure(`folder_${problem.reason}`, problem.sentence);
      const done = await onFolder(deps.compact);
      return done ?? { packs: 0, bundles: 0, deleted: 0 };
    },
    conflicts: conflicts.list,
    resolve,
    supportBundle,
  };
}

function stateOf(deps: Dependencies, conflicts: number): ReturnType<SyncHandlers["state"]> {
  const { read, local } = deps.databases;
  const library = readLibraryRow(read);
  const folder = readFolderPath(local);
  const exchange = deps.exchange()?.state();
  const state = library === undefined ? "alone" : library.joined === null ? "asking" : "sharing";
  return {
    state,
    library: library?.id ?? null,
    name: library?.name ?? null,
    fingerprint: library?.fingerprint ?? null,
    folder: folder === undefined ? null : path.basename(folder),
    roles: library === undefined ? [] : [...deps.ownRoles()],
    asked: state === "asking" ? askedAt(local) : null,
    lastReceived: iso(lastReceived(read).get()?.at),
    lastSent: iso(lastSent(read).get()?.at),
    lastLooked: iso(exchange?.lastLooked),
    waiting: library === undefined ? 0 : deps.outbox.waiting(read),
    busy: deps.busy(),
    problem: exchange?.problem ?? null,
    conflicts,
    setAside: setAside(read, deps.now()).length,
    missing: exchange?.missing ?? 0,
  };
}

function askedAt(local: Databases["local"]): string | null {
  const request = readJoinFile(local);
  const opened = request === undefined ? undefined : openJoinRequest(request.bytes);
  return opened === undefined || "problem" in opened ? null : opened.fields.at;
}

function iso(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

function requireShared({ databases }: Dependencies): void {
  if (readLibraryRow(databases.read) === undefined) {
    throw new ExpectedFailure(
      "not_shared",
      "This workspace is not shared with anybody, so there is no folder to look at. Start sharing, or join a shared workspace with an invitation's code.",
    );
  }
  if (readFolderPath(databases.local) === undefined) {
    throw noFolder();
  }
}

function settledMeanwhile(): ExpectedFailure {
  return new ExpectedFailure(
    "not_found",
    "That choice is not open any more: somebody has settled it or written there meanwhile. Look at the record again.",
  );
}
