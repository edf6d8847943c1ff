/**
 * The exchange over the shared folder: one cycle looks at the folder, takes what is new into the
 * log, brings out what was written here, and keeps the folder whole and small. It has no timers and
 * decides nothing about people or records; given the same clock, randomness and folder it does the
 * same. What fails leaves everything as it was, and a later cycle does it.
 */
import type { SyncReport } from "#shared/contract/sharing.ts";
import { type DeviceId, deviceIdSchema, type RecordId } from "#shared/domain/ids.ts";
import { keptReading } from "../../db/kept-reading.ts";
import { type Folder, FolderError } from "../folder.ts";
import { publishAttachments } from "./attachments-out.ts";
import { makeBundle } from "./bundle.ts";
import { type Context, freshMemory } from "./context.ts";
import { elapsed } from "./elapsed.ts";
import { type FolderProblem, isReadable, problemOf, problemOfFault } from "./folder-problem.ts";
import { guardRoot, NotOurLibrary, reasonOf, type RootGuard } from "./guard.ts";
import { healLibrary } from "./heal.ts";
import { readHoldings } from "./holdings.ts";
import { keepLibraryFile, libraryFile } from "./library-file.ts";
import { forgetHeads, type Look, look } from "./look.ts";
import type { MissingPart } from "./missing.ts";
import { pack, removePacked } from "./pack.ts";
import { publish, readBack } from "./publish.ts";
import { freshTally, type Tally } from "./receive.ts";
import { takeNews } from "./take-news.ts";
import { countMissing, keepUp, listen } from "./upkeep.ts";
import { watchFolder } from "./watched-folder.ts";

export type ExchangeDependencies = Omit<Context, "memory" | "folder" | "holdings"> & {
  readonly folder: Folder;
  /** Told at once what came, so that screens can show it. */
  readonly received: (records: readonly RecordId[], acts: boolean) => void;
  /** What the people of the library need of every look: requests are answered, admissions noticed. */
  readonly attend: (folder: Folder) => Promise<void>;
};

export type CycleOptions = {
  /** Looks at everything, not only at what the heads say and one part of the rest. */
  readonly full?: boolean;
  /** Puts everything that is held back into an emptied folder at once, LIBRARY.json first. */
  readonly restore?: boolean;
};

export type ExchangeState = {
  readonly problem: FolderProblem | null;
  /** Milliseconds since 1970; null before the first time since the start. */
  readonly lastReceived: number | null;
  readonly lastSent: number | null;
  readonly lastLooked: number | null;
  /** Changes that are known to exist elsewhere. */
  readonly missing: number;
  /** Devices with a folder or a head, as far as is known. */
  readonly devices: number;
};

export type Exchange = {
  /** Never rejects for what the folder does; `state().problem` says what that was. */
  readonly cycle: (options?: CycleOptions) => Promise<SyncReport>;
  readonly state: () => ExchangeState;
  /** Streams of which changes are known to exist elsewhere. */
  readonly missing: () => readonly MissingPart[];
  /** Packs and bundles now whatever there is, and removes what may be removed. */
  readonly compact: () => Promise<{
    readonly packs: number;
    readonly bundles: number;
    readonly deleted: number;
  }>;
};

type Run = {
  readonly context: ExchangeDependencies & Context;
  readonly guard: RootGuard;
  readonly raw: Folder;
  readonly tally: Tally;
  readonly full: boolean;
  readonly restore: boolean;
  /** Something was wrong with the folder in the cycle before. */
  readonly suspect: boolean;
  sent: number;
  problem: FolderProblem | null;
  /** LIBRARY.json was not there to say whose folder it is. */
  unread: boolean;
};

/** Builds the exchange of one library over one folder. */
export function createExchange(deps: ExchangeDependencies): Exchange {
  const watched = watchFolder(deps.folder);
  const guard = guardRoot(watched, deps);
  const { clock, databases, outbox, pace } = deps;
  const memory = freshMemory();
  const holdings = keptReading(databases, (db) => readHoldings(db, outbox));
  const context = { ...deps, folder: guard.folder, memory, holdings };
  let state: ExchangeState = {
    problem: null,
    lastReceived: null,
    lastSent: null,
    lastLooked: null,
    missing: 0,
    devices: 0,
  };

  async function cycle({ full = false, restore = false }: CycleOptions = {}): Promise<SyncReport> {
    const startedAt = clock.now();
    const since = memory.look.fullAt;
    const due = since === undefined || elapsed(since, startedAt) >= pace.fullSweepEvery;
    watched.takeCounts();
    guard.forget();
    const run: Run = {
      context,
      guard,
      raw: watched,
      tally: freshTally(),
      restore,
      suspect: state.problem !== null,
      full: full || restore || due,
      sent: 0,
      problem: standingProblem(context),
      unread: false,
    };
    const done = await attempt(run, () => exchangeOnce(run, since === undefined));
    if (!done) forgetHeads(memory.look);
    state = nextState(state, run);
    const { received, refused, quarantined } = run.tally;
    return {
      sent: run.sent,
      received,
      applied: Math.max(0, received - refused),
      quarantined,
      waiting: context.outbox.waiting(databases.read),
      ...watched.takeCounts(),
      ms: clock.now() - startedAt,
    };
  }

  async function compact() {
    guard.forget();
    const eager = { ...pace.pack, files: 2, bytes: 0 };
    const packs = await pack({ ...context, pace: { ...pace, pack: eager } });
    await publish([...memory.look.heads], context);
    await readBack(context);
    const bundles = Number(await makeBundle(holdings(databases.read), context));
    return { packs, bundles, deleted: await removePacked(context) };
  }

  return { cycle, state: () => state, missing: () => memory.missing, compact };
}

/** Only who is admitted, and whose keys are open, writes anything. */
function standingProblem({ signer, roster, databases }: Context): FolderProblem | null {
  const device = signer.device()?.id;
  const standing = device === undefined ? "unknown" : roster.standingOf(databases.read, device);
  if (standing === "unknown") return problemOf("not_admitted");
  if (standing === "removed") return problemOf("removed");
  return signer.state() === "ready" ? null : problemOf("locked");
}

/** A folder's refusal is not an error here: it is told, and the next cycle tries again. */
async function attempt(run: Run, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof FolderError) run.problem = problemOfFault(error.fault);
    else if (error instanceof NotOurLibrary) run.problem = problemOf(error.reason);
    else throw error;
    run.context.logger.warn("sync.folder", { reason: run.problem.reason });
    return false;
  }
}

async function exchangeOnce(run: Run, first: boolean): Promise<void> {
  const { context, full } = run;
  if ((full || run.suspect) && !(await rootAllows(run))) return;
  // At a start own files in the folder are read before any is written: a backup may have been put
  // back, and then this device's own later changes are there.
  if (!first) await sendOut(run);
  const seen = await lookOnce(run);
  if (seen === undefined) return;
  try {
    await takeNews(seen, run.tally, context);
  } finally {
    // What came before a failure is in the log, so it is told as well.
    announce(run);
  }
  await context.attend(context.folder);
  if (run.problem?.reason === "not_admitted") run.problem = standingProblem(context);
  const learnt = await listen(seen, run.tally.heard, context);
  if (full || learnt || run.tally.received > 0) countMissing(context);
  if (first || context.outbox.waiting(context.databases.read) > 0) await sendOut(run);
  const busy = full || run.tally.received > 0 || run.sent > 0;
  if (run.problem === null) await keepUp(seen, context, { atOnce: run.restore, busy });
  if (full) context.memory.look.fullAt = context.clock.now();
  // Who hears of their removal has sent by now what they wrote before.
  if (run.problem === null) run.problem = standingProblem(context);
}

/** Whether the folder may be read; what is wrong with it otherwise is in `run.problem`. */
async function rootAllows(run: Run): Promise<boolean> {
  const { context, guard } = run;
  const state = await guard.look();
  if (state === "ours") {
    context.memory.rootAbsence = undefined;
    await keepLibraryFile(context);
    return true;
  }
  const mendable = state === "lost" || (run.restore && state === "empty");
  if (mendable && run.problem === null) {
    const file = context.library.file ?? libraryFile(context.databases.read);
    const mending = { ...context, library: { ...context.library, file } };
    if (await healLibrary(run.raw, mending, run.restore)) return (await guard.look()) === "ours";
  }
  run.unread = true;
  // Who may write nothing cannot put it back, and has more to hear than that it is missing.
  if (state !== "lost" || run.problem === null) run.problem = problemOf(reasonOf(state));
  return false;
}

/** Without any head the root is looked at: an unmounted drive is an empty folder too. */
async function lookOnce(run: Run): Promise<Look | undefined> {
  const { context, full } = run;
  const { memory, outbox, databases } = context;
  const before = memory.look.heads.size;
  const streams = full ? outbox.streams(databases.read).map(({ device }) => device) : [];
  const missing = memory.missing.map(({ device }) => device);
  const devices: readonly DeviceId[] = [...streams, ...missing].map((device) =>
    deviceIdSchema.parse(device),
  );
  const seen = await look(full, { ...context, memory: memory.look, devices });
  if (full || seen.heads.length > 0 || before === 0) return seen;
  return (await rootAllows(run)) ? seen : undefined;
}

async function sendOut(run: Run): Promise<void> {
  const { context } = run;
  if (run.problem !== null) return;
  await attempt(run, async () => {
    await readBack(context);
    if (context.outbox.waiting(context.databases.read) > 0) await publishAttachments(context);
    run.sent += await publish([...context.memory.look.heads], context);
  });
}

function announce({ context, tally }: Run): void {
  if (tally.received === 0) return;
  context.received([...tally.records], tally.acts);
}

function nextState(before: ExchangeState, run: Run): ExchangeState {
  const { context, problem, tally, sent } = run;
  const now = context.clock.now();
  const reached = !run.unread && (problem === null || isReadable(problem));
  return {
    problem,
    lastReceived: tally.received > 0 ? now : before.lastReceived,
    lastSent: sent > 0 ? now : before.lastSent,
    lastLooked: reached ? now : before.lastLooked,
    missing: context.memory.missing.reduce((sum, { changes }) => sum + changes, 0),
    devices: context.memory.look.devices.size,
  };
}
