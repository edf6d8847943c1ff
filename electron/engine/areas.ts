/** Every area of the engine, built once over one profile; see create-engine.ts. */
import path from "node:path";
import type { GuildhallEmit } from "#shared/contract/index.ts";
import { attachmentProjector } from "./attachments/attachment-table.ts";
import { createAttachmentFiles } from "./attachments/attachment-files.ts";
import { createAttachments } from "./attachments/create-attachments.ts";
import type { Databases } from "./db/database.ts";
import { createDraftHandlers } from "./drafts/draft-handlers.ts";
import type { EngineOptions } from "./engine.ts";
import { activeDevices } from "./handbook/active-devices.ts";
import { createHandbook } from "./handbook/create-handbook.ts";
import { bytesBelow, createAttachmentCheck } from "./health/attachment-check.ts";
import { createHealth } from "./health/health-handlers.ts";
import { nodeCryptography } from "./identity/cryptography.ts";
import type { Identity } from "./identity/identity.ts";
import type { JobRunner } from "./jobs/job-runner.ts";
import { createLinks } from "./links/create-links.ts";
import { createChangeLog } from "./log/create-change-log.ts";
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
import { createStartWorkspace } from "./workspace/start-workspace.ts";

export type Foundation = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly jobs: JobRunner;
};

export type Areas = ReturnType<typeof createAreas>;

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

/** What every area stands on: the log, what is folded from it, and the one way to write records. */
function createCore(options: EngineOptions, { databases, identity }: Foundation) {
  const { clock, emit, profile, simulated } = options;
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
  return { log, files, roster, links, search, projections, store };
}

/** Builds all of it. `tell` announces to the hosts alone, where `options.emit` tells the engine, too. */
export function createAreas(
  options: EngineOptions,
  { tell, ...foundation }: Foundation & { readonly tell: GuildhallEmit },
) {
  const { databases, identity, jobs } = foundation;
  const { clock, emit, logger, profile, version } = options;
  const { read, local } = databases;
  const core = createCore(options, foundation);
  const { log, files, links, search, projections, store } = core;
  const transfer = createTransfer({ ...options, databases, log, store, jobs, files });
  const sync = createSync({
    ...foundation,
    clock,
    log,
    store,
    projections,
    roster: core.roster,
    logger,
    version,
    profile,
    attachments: files,
    emit: tell,
    folderOf: transfer.folderOf,
    ...(options.simulated && { simulated: options.simulated }),
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
      logger,
      areaChecks: [checkTexts, createAttachmentCheck(files.pathOf)],
      attachmentBytes: () => bytesBelow(path.join(profile, "attachments")),
    }),
  };
}
