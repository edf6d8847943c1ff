/**
 * Takes what is new in the shared folder into the log. What devices may say depends on the roster,
 * which comes in the same files, so it goes round until nothing more can be taken.
 */
import type { DeviceId, RecordId } from "#shared/domain/ids.ts";
import type { SegmentHeader } from "#shared/format/segment.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { parseName } from "#shared/format/names.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { FolderError } from "../folder.ts";
import type { SharedFile, Verdict } from "../intake.ts";
import { affords } from "./budget.ts";
import { type Candidate, isSegment } from "./candidates.ts";
import type { Context } from "./context.ts";
import { type Fetched, fetchFile } from "./fetch-file.ts";
import {
  forgetFile,
  folderFile,
  postponeFile,
  type Refusal,
  refuseFile,
  settleFile,
} from "./folder-files.ts";
import { noteEvent } from "./folder-events.ts";
import { nameHash } from "./frames.ts";
import type { FoundFile } from "./look.ts";
import { pooled } from "./read-pool.ts";
import { orMissing } from "./watched-folder.ts";

export type Tally = {
  received: number;
  refused: number;
  acts: boolean;
  reborn: boolean;
  readonly records: Set<RecordId>;
  readonly quarantined: { readonly path: string; readonly reason: string }[];
  /** Devices whose files brought something. */
  readonly heard: Set<DeviceId>;
};

/** Nothing received and nothing refused. */
export function freshTally(): Tally {
  return {
    received: 0,
    refused: 0,
    acts: false,
    reborn: false,
    records: new Set(),
    quarantined: [],
    heard: new Set(),
  };
}

type Opened = { readonly file: FoundFile; readonly fetched: Fetched };

/** Reads the candidates and takes what proves itself, round after round. */
export async function receive(
  candidates: readonly Candidate[],
  tally: Tally,
  context: Context,
): Promise<void> {
  if (candidates.length === 0) return;
  const caughtUp = devicesCaughtUp(context);
  let pending: readonly Candidate[] = candidates;
  while (pending.length > 0) {
    const strangers: Candidate[] = [];
    const acts = tally.acts;
    tally.acts = false;
    for (const batch of batches(pending, context.pace.batchFiles)) {
      strangers.push(...(await takeBatch(batch, tally, { context, caughtUp })));
    }
    const learnt: boolean = tally.acts;
    tally.acts ||= acts;
    pending = learnt ? strangers : [];
  }
}

type Round = {
  readonly context: Context;
  readonly caughtUp: ReadonlySet<DeviceId>;
};

/** Answers the candidates of devices that nobody has admitted yet. */
async function takeBatch(
  batch: readonly Candidate[],
  tally: Tally,
  round: Round,
): Promise<readonly Candidate[]> {
  const { context } = round;
  const opened = await pooled(batch, context.pace.readers, async (file): Promise<Opened> => {
    return { file, fetched: await openCandidate(file, round) };
  });
  const whole = opened.flatMap(({ file, fetched }) =>
    fetched.kind === "whole" ? [{ path: file.path, bytes: fetched.bytes }] : [],
  );
  const verdicts = await accept(whole, tally, context);
  await note(opened, verdicts, { tally, context });
  return batch.filter((_, index) => {
    const fetched = opened[index]?.fetched;
    return fetched?.kind === "refused" && fetched.reason === "unknown_device";
  });
}

async function openCandidate(file: Candidate, { context, caughtUp }: Round): Promise<Fetched> {
  const { read } = context.databases;
  if (file.unlessSame && (await isSame(file, context))) return { kind: "other" };
  return fetchFile(
    file.path,
    {
      standingOf: (device) => context.roster.standingOf(read, device),
      isKnown: (header) => isKnown(header, read, context),
      affords: (device, bytes) => affords(device, bytes, { ...context, caughtUp }),
    },
    context,
  );
}

/** Whether the stream reaches the segment's end here, on the very branch that it is of. */
function isKnown(header: SegmentHeader, read: Readable, { intake }: Context): boolean {
  const { dev: device, inc: incarnation, last: sequence, end } = header;
  const chains = intake.chainsAt(read, { device, incarnation, sequence });
  return chains.some((chain) => encodeBase64Url(chain) === end);
}

async function isSame(file: Candidate, context: Context): Promise<boolean> {
  const now = await orMissing(context.folder.stat(file.path));
  return now !== undefined && now.size === file.size && now.modified === file.modified;
}

/** Hands the files to the log in transactions of a bounded size. */
export async function accept(
  files: readonly SharedFile[],
  tally: Tally,
  context: Context,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const group of bySize(files, context.pace.batchBytes)) {
    const received = await context.intake.accept(group, context.breathe);
    tally.refused += received.refused;
    tally.acts ||= received.acts;
    tally.reborn ||= received.reborn;
    for (const record of received.records) tally.records.add(record);
    for (const verdict of received.verdicts) {
      verdicts.set(verdict.path, verdict);
      tally.received += verdict.changes;
      if (verdict.changes === 0 || verdict.device === undefined) continue;
      tally.heard.add(verdict.device);
      context.memory.shelves.delete(verdict.device);
    }
  }
  return verdicts;
}

const megabyte = 1024 * 1024;

type Noting = {
  readonly file: FoundFile;
  readonly fetched: Fetched;
  readonly outcome: NoteOutcome;
};

/** Writes down what was made of each file, all in one transaction; none where the names say it all. */
async function note(
  opened: readonly Opened[],
  verdicts: ReadonlyMap<string, Verdict>,
  { tally, context }: { readonly tally: Tally; readonly context: Context },
): Promise<void> {
  const outcomes = await pooled(opened, context.pace.readers, async ({ file, fetched }) => {
    const outcome = outcomeOf({ file, fetched }, verdicts, context);
    const found = outcome.kind === "refused" ? await sizeOf(file, context) : file;
    return { file: found, fetched, outcome };
  });
  for (const { file, outcome } of outcomes) {
    if (outcome.kind === "named" || outcome.kind === "read") context.memory.settled.add(file.path);
    if (outcome.kind === "refused" && outcome.reason !== "not_here") {
      tally.quarantined.push({ path: file.path, reason: outcome.reason });
    }
  }
  const worthNoting = outcomes.filter(
    ({ file, outcome }) =>
      outcome.kind !== "named" || folderFile(context.databases.read, file.path) !== undefined,
  );
  if (worthNoting.length === 0) return;
  await context.databases.queue.run((db) => {
    for (const one of worthNoting) noteOne(db, one, context);
  });
}

function noteOne(db: Writable, { file, fetched, outcome }: Noting, context: Context): void {
  const now = context.clock.now();
  switch (outcome.kind) {
    case "read":
      settleFile(db, file, { ...outcome, now });
      break;
    case "refused": {
      const bytes = "bytes" in fetched ? fetched.bytes : undefined;
      const { reason, device } = outcome;
      refuseFile(db, file, { now, reason, device, bytes, pace: context.pace });
      if (reason === "over_budget") {
        const amount = Math.round(context.pace.deviceBudget / megabyte);
        noteEvent(db, { at: now, kind: "over_budget", amount });
      }
      break;
    }
    case "same": {
      const row = folderFile(db, file.path);
      if (row === undefined || row.outcome === "read") settleFile(db, file, { now });
      else postponeFile(db, row, now + context.pace.failedFile.most);
      break;
    }
    case "named":
    case "gone":
      forgetFile(db, file.path);
  }
}

type NoteOutcome =
  /** Held under the very name that the file has: the name is enough from now on. */
  | { readonly kind: "named" }
  | { readonly kind: "read"; readonly device?: DeviceId; readonly hash?: string }
  | { readonly kind: "refused"; readonly reason: Refusal; readonly device?: DeviceId | undefined }
  | { readonly kind: "same" }
  | { readonly kind: "gone" };

function outcomeOf(
  { file, fetched }: Opened,
  verdicts: ReadonlyMap<string, Verdict>,
  { cryptography }: Context,
): NoteOutcome {
  switch (fetched.kind) {
    case "peeked": {
      const hash = hashInName(file.path);
      return { kind: "read", device: fetched.header.dev, ...(hash === undefined ? {} : { hash }) };
    }
    case "other":
      return { kind: "same" };
    case "gone":
      return { kind: "gone" };
    case "refused":
      return { kind: "refused", reason: fetched.reason, device: fetched.device };
    case "whole": {
      const verdict = verdicts.get(file.path);
      const hash = nameHash(cryptography, fetched.bytes);
      return verdict === undefined ? { kind: "gone" } : ofVerdict(file, verdict, hash);
    }
  }
}

function ofVerdict(file: FoundFile, verdict: Verdict, hash: string): NoteOutcome {
  const { outcome, reason = "hash", device } = verdict;
  const waits = outcome === "held" && reason === "unknown_device";
  if (outcome === "quarantined" || waits) return { kind: "refused", reason, device };
  if (outcome === "accepted" && hashInName(file.path) === hash) return { kind: "named" };
  return { kind: "read", hash, ...(device === undefined ? {} : { device }) };
}

function hashInName(path: string): string | undefined {
  const name = parseName(path);
  return name !== undefined && isSegment(name) ? name.hash : undefined;
}

async function sizeOf(file: FoundFile, { folder }: Context): Promise<FoundFile> {
  try {
    const { size, modified } = await folder.stat(file.path);
    return { path: file.path, size, modified };
  } catch (error) {
    // What cannot be asked for its size is tried again by the clock alone.
    if (error instanceof FolderError) return file;
    throw error;
  }
}

/** Devices whose streams reached here before this cycle. */
function devicesCaughtUp({ databases, intake }: Context): ReadonlySet<DeviceId> {
  return new Set(intake.streamEnds(databases.read).map(({ device }) => device));
}

function* batches<Item>(items: readonly Item[], size: number): Iterable<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

function* bySize(files: readonly SharedFile[], limit: number): Iterable<readonly SharedFile[]> {
  let group: SharedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (group.length > 0 && bytes + file.bytes.length > limit) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(file);
    bytes += file.bytes.length;
  }
  if (group.length > 0) yield group;
}
