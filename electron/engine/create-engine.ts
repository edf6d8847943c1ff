/**
 * The composition root: opens a profile, builds every area once, hands each what it uses and
 * nothing else, and takes everything down in order. No product rule is decided here.
 */
import type { GuildhallEmit, GuildhallHandlers } from "#shared/contract/index.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { answering } from "./answering.ts";
import { type Areas, createAreas, type Foundation } from "./areas.ts";
import { openDatabases } from "./db/open-databases.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { nodeCryptography } from "./identity/cryptography.ts";
import { createIdentity } from "./identity/identity.ts";
import { proveCryptography } from "./identity/prove-cryptography.ts";
import { createJobRunner } from "./jobs/create-job-runner.ts";
import { createJobHandlers } from "./jobs/job-handlers.ts";
import { type CurrentProjections, watchProjections } from "./projections/require-current.ts";
import { markLog, resumeWorkspace } from "./workspace/resume-workspace.ts";
import { noteDevice } from "./workspace/start-workspace.ts";
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
  const mark = async () => markLog(databases);
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
  await mark();
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
    const { handbook, sync, transfer } = areas;
    const { settled } = databases.queue;
    // Whatever was handed in before is written before the files are closed.
    const steps = [handbook.stop, sync.stop, jobs.close, settled, mark, transfer.close];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        // On a full disk no step can note anything; what is open is closed all the same.
        logger.error("engine.closing", error);
      }
    }
    databases.close();
    logger.info("engine.closed");
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

function outdated(failure: string | null): ExpectedFailure {
  return new ExpectedFailure(
    "outdated",
    `Lists and search could not be brought up to date. ${failure ?? "That was cancelled; nothing is lost, and a rebuild makes up for it."}`,
  );
}
