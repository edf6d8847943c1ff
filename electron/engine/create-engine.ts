/**
 * The composition root: opens a profile, builds every area once, hands each what it uses and
 * nothing else, and takes everything down in order. No product rule is decided here.
 */
import path from "node:path";
import type { GuildhallEmit, GuildhallHandlers } from "#shared/contract/index.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { answering } from "./answering.ts";
import { attachmentProjector } from "./attachments/attachment-table.ts";
import { createAttachmentFiles } from "./attachments/attachment-files.ts";
import { createAttachments } from "./attachments/create-attachments.ts";
import type { Databases } from "./db/database.ts";
import { openDatabases } from "./db/open-databases.ts";
import { createDraftHandlers } from "./drafts/draft-handlers.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { activeDevices } from "./handbook/active-devices.ts";
import { createHandbook } from "./handbook/create-handbook.ts";
import { bytesBelow, createAttachmentCheck } from "./health/attachment-check.ts";
import { createHealth } from "./health/health-handlers.ts";
import { nodeCryptography } from "./identity/cryptography.ts";
import { createIdentity, type Identity } from "./identity/identity.ts";
import { proveCryptography } from "./identity/prove-cryptography.ts";
import { createJobRunner } from "./jobs/create-job-runner.ts";
import { createJobHandlers } from "./jobs/job-handlers.ts";
import type { JobRunner } from "./jobs/job-runner.ts";
import { createLinks } from "./links/create-links.ts";
import { createChangeLog } from "./log/create-change-log.ts";
import { type CurrentProjections, watchProjections } from "./projections/require-current.ts";
import { createProjections } from "./projections/projections.ts";
import type { Projector } from "./projections/projector.ts";
import { createRecordFold } from "./records/create-record-fold.ts";
import { createRecordStore } from "./records/create-record-store.ts";
import { createRecordHandlers } from "./records/record-handlers.ts";
import { checkTexts } from "./records/text-check.ts";
import { createSearch } from "./search/create-search.ts";
import { createUnanswered } from "./search/unanswered/create-unanswered.ts";
import { createPermit } from "./sync/people/permit.ts";
import { createRosterSource } from "./sync/people/roster-source.ts";
import { conflictProjector } from "./sync/conflict-table.ts";
import { createSync } from "./sync/create-sync.ts";
import { createTransfer } from "./transfer/create-transfer.ts";
import { originProjector } from "./transfer/origin-table.ts";
import { createDueRecords, verificationProjector } from "./trust/due-records.ts";
import { markLog, resumeWorkspace } from "./workspace/resume-workspace.ts";
import { createStartWorkspace, noteDevice } from "./workspace/start-workspace.ts";
import { watchOtherProcesses } from "./workspace/watch-other-processes.ts";
import { createWorkspaceHandlers } from "./workspace/workspace-handlers.ts";

/** What nobody has asked for waits this long: on two cores it would hold up the window's first paint. */
const headStart = 500;

/** Opens the profile. Rejects with ExpectedFailure when it cannot be opened, and leaves nothing open. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  await proveCryptography(nodeCryptography);
  const databases = openDatabases(options.profile);
  try {
    const { clock, keyStore, profile, logger } = options;
    const identity = await createIdentity({
      profile,
      keyStore,
      logger,
      cryptography: nodeCryptography,
      randomBytes: clock.randomBytes,
    });
    return await assemble(options, { databases, identity, jobs: createJobRunner(options) });
  } catch (error) {
    databases.close();
    throw error;
  }
}

type Foundation = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly jobs: JobRunner;
};

async function assemble(options: EngineOptions, foundation: Foundation): Promise<Engine> {
  const { databases, identity, jobs } = foundation;
  const { clock, logger } = options;
  /** What is announced here was written here or by another process; it may have to go out. */
  const emit: GuildhallEmit = (name, payload) => {
    options.emit(name, payload);
    if (name === "records.changed" || name === "sharing.changed") areas.sync.wrote();
    if (name === "workspace.changed") keepInSync();
  };
  const areas = createAreas({ ...options, emit }, { ...foundation, tell: options.emit });
  const { projections, health, store } = areas;
  const projected = watchProjections(projections, databases.read);
  let closing: Promise<void> | undefined;
  let keeps = false;

  /** What works on its own waits for the records: nobody may be sent a library that looks empty. */
  function keepInSync(): void {
    if (keeps || options.keepsInSync !== true || closing || !projected.areCurrent()) return;
    keeps = true;
    areas.sync.start();
    areas.handbook.start();
  }

  // Looked up first: another program may hold the write lock for long.
  const current =
    projections.areCurrent(databases.read) ||
    (await databases.queue.run((db) => projections.prepare(db)));
  const replaced = await resumeWorkspace({
    databases,
    identity,
    logger,
    randomBytes: clock.randomBytes,
  });
  markLog(databases);
  const update = current ? undefined : health.bringUpToDate();
  if (replaced && identity.state() === "ready") {
    // The person's record is read first, so it has to be there.
    if (!projected.areCurrent()) await update;
    await noteDevice({ databases, identity, store });
  }
  const stopWatching = watchOtherProcesses(databases, emit);
  async function close(): Promise<void> {
    clearTimeout(later);
    stopWatching();
    await areas.handbook.stop();
    await areas.sync.stop();
    await jobs.close();
    try {
      // Whatever was handed in before this line is written before the files are closed.
      await databases.queue.run(() => markLog(databases));
    } catch (error) {
      // A mark is worth less than the closing of what is open.
      logger.error("engine.mark", error);
    } finally {
      databases.close();
      logger.info("engine.closed");
    }
  }

  const later = setTimeout(() => {
    keepInSync();
    if (update !== undefined) return;
    void areas.search
      .warm(() => closing === undefined)
      .catch((error: unknown) => logger.error("search.warm", error));
  }, headStart);
  later.unref();
  logger.info("engine.opened", { rebuild: update !== undefined, keys: identity.state() });
  return {
    handlers: handlersOf(areas, { options: { ...options, emit }, foundation, projected }),
    offerSelection: areas.transfer.offerSelection,
    downloadPath: (id) => areas.transfer.downloadPath(id) ?? areas.sync.downloadPath(id),
    readAttachment: areas.attachments.readAttachment,
    attention: areas.sync.attention,
    upToDate: async () => {
      const ended = await update;
      if (ended !== undefined && ended.state !== "done") throw outdated(ended.failure);
    },
    close: () => (closing ??= close()),
  };
}

type Answering = {
  readonly options: EngineOptions;
  readonly foundation: Foundation;
  readonly projected: CurrentProjections;
};

/** What each group of the contract answers with, and which of them wait for the projections. */
function handlersOf(
  areas: Areas,
  { options, foundation, projected }: Answering,
): GuildhallHandlers {
  const { databases, identity, jobs } = foundation;
  const { clock, emit, logger, version } = options;
  const always = { logger };
  /** Waits for the projections that it reads; search answers with what is in its own so far. */
  const once = (...names: readonly string[]) => {
    return { logger, require: projected.require(["record", ...names]) };
  };
  return {
    workspace: answering(
      createWorkspaceHandlers({
        databases,
        identity,
        emit,
        version,
        now: clock.now,
        start: areas.start,
        keyStoreAvailable: options.keyStore !== null,
        projectionsAreCurrent: projected.areCurrent,
      }),
      always,
    ),
    records: answering(areas.records, once("links", "verification")),
    drafts: answering(areas.drafts, always),
    search: answering({ ...areas.search.handlers, ...areas.unanswered }, once()),
    transfers: answering(areas.transfer.handlers, once("links", "attachments", "origins")),
    attachments: answering(areas.attachments.handlers, once("attachments")),
    jobs: createJobHandlers(jobs),
    health: answering(areas.health.handlers, always),
    sharing: answering(areas.sync.handlers, once("conflicts")),
    handbook: answering(areas.handbook.handlers, once("links", "attachments")),
  };
}

type Areas = ReturnType<typeof createAreas>;

function projectorsOf(
  links: { readonly projector: Projector },
  search: { readonly projector: Projector },
): readonly Projector[] {
  return [
    links.projector,
    attachmentProjector,
    originProjector,
    verificationProjector,
    conflictProjector,
    search.projector,
  ];
}

function createAreas(
  options: EngineOptions,
  { tell, ...foundation }: Foundation & { readonly tell: GuildhallEmit },
) {
  const { databases, identity, jobs } = foundation;
  const { clock, emit, logger, profile, simulated, version } = options;
  const { read, local } = databases;
  const log = createChangeLog({ clock, cryptography: nodeCryptography, identity });
  const files = createAttachmentFiles(path.join(profile, "attachments"));
  const roster = createRosterSource({ log, identity, cryptography: nodeCryptography });
  const permit = createPermit(roster);
  const links = createLinks({ databases, describe: files.describe });
  const search = createSearch({ read, local, clock, emit });
  const fold = createRecordFold({
    log,
    judge: (db) => roster.readRoster(db)?.judge,
    predecessors: simulated?.protections?.predecessors ?? true,
  });
  const projections = createProjections({ log, fold, projectors: projectorsOf(links, search) });
  const store = createRecordStore({ databases, log, projections, clock, emit, permit });
  const transfer = createTransfer({ ...options, databases, log, store, jobs, files });
  const sync = createSync({
    ...foundation,
    clock,
    log,
    store,
    projections,
    roster,
    logger,
    version,
    profile,
    attachments: files,
    emit: tell,
    folderOf: transfer.folderOf,
    ...(simulated && { simulated }),
  });
  const attachments = createAttachments({ files, databases, store, fetcher: sync.attachments });
  const handbook = createHandbook({
    ...foundation,
    log,
    files,
    logger,
    profile,
    version,
    now: clock.now,
    handbookFolder: options.handbookFolder,
    folderOf: transfer.folderOf,
    activeDevices: () => activeDevices(read, clock.now()),
    ownDevice: () => identity.device()?.id,
  });
  return {
    handbook,
    store,
    sync,
    search,
    unanswered: createUnanswered({
      read,
      local,
      store,
      searchedFor: search.searchedFor,
      now: clock.now,
      emit,
    }),
    attachments,
    transfer,
    projections,
    drafts: createDraftHandlers({ databases, clock, emit }),
    records: createRecordHandlers({
      databases,
      log,
      store,
      now: clock.now,
      links: ({ id }) => links.linksOf(id),
      similar: search.similar,
      due: createDueRecords(databases, clock.now),
    }),
    start: createStartWorkspace({ ...foundation, store, clock, loadSample: transfer.loadSample }),
    health: createHealth({
      ...foundation,
      log,
      projections,
      emit,
      version,
      areaChecks: [checkTexts, createAttachmentCheck(files.pathOf)],
      attachmentBytes: () => bytesBelow(path.join(profile, "attachments")),
    }),
  };
}

function outdated(failure: string | null): ExpectedFailure {
  return new ExpectedFailure(
    "outdated",
    `Lists and search could not be brought up to date, so they may lack records. ${failure ?? "The rebuild was cancelled."} Nothing is lost: start a rebuild again.`,
  );
}
