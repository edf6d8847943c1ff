/** Which of the files that a look found are worth opening. Nothing is opened here. */
import { compareText } from "#shared/domain/compare-text.ts";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import { type FileName, parseName } from "#shared/format/names.ts";
import type { Context } from "./context.ts";
import { dueFiles, filesOfStrangers, folderFile } from "./folder-files.ts";
import type { Holdings, SegmentName } from "./holdings.ts";
import type { FoundFile } from "./look.ts";

/** A file that may hold changes, with what its name says about it. */
export type Candidate = FoundFile & {
  readonly name: SegmentName | undefined;
  /** Refused for something that lasts: worth opening only when its size or time changed. */
  readonly unlessSame: boolean;
};

export type Candidates = {
  readonly news: readonly Candidate[];
  /** Their changes are here by their names; they could be another branch. */
  readonly covered: readonly Candidate[];
};

type Deps = Pick<Context, "databases" | "memory" | "protections" | "clock" | "roster" | "pace">;

/** Sorts what a look found. */
export function sortFound(files: readonly FoundFile[], holdings: Holdings, deps: Deps): Candidates {
  const { settled } = deps.memory;
  const news = new Map(retries(deps).map((file) => [file.path, file]));
  const covered: Candidate[] = [];
  for (const file of files) {
    if (settled.has(file.path)) continue;
    const name = parseName(file.path);
    if (name === undefined || isSegment(name)) {
      const place = placeOf({ path: file.path, name }, holdings, deps);
      if (place === "settled") settled.add(file.path);
      else if (place === "covered") covered.push({ ...file, name, unlessSame: false });
      else if (place === "news") news.set(file.path, { ...file, name, unlessSame: false });
    }
  }
  return { news: [...news.values()].toSorted(byRange), covered };
}

function placeOf(
  { path, name }: { readonly path: string; readonly name: SegmentName | undefined },
  holdings: Holdings,
  deps: Deps,
): "settled" | "covered" | "news" | "later" {
  if (name !== undefined && holdings.has(name)) return "settled";
  const row = folderFile(deps.databases.read, path);
  if (row?.outcome === "read") return "settled";
  // Its next try is decided by its row; what it is waiting for may have come.
  if (row !== undefined) return "later";
  if (name === undefined) return deps.protections.content ? "news" : "settled";
  return holdings.covers(name) ? "covered" : "news";
}

/** Files that were refused and whose time has come, and those of devices that are strangers no more. */
function retries(deps: Deps): readonly Candidate[] {
  const { read } = deps.databases;
  const welcome = filesOfStrangers(read).filter(
    ({ device }) => device !== null && deps.roster.standingOf(read, asDevice(device)) !== "unknown",
  );
  const due = dueFiles(read, deps.clock.now(), deps.pace.failedFile.most);
  return [...welcome, ...due].map(({ path, size, modified, outcome }): Candidate => {
    const name = parseName(path);
    return {
      path,
      size,
      modified,
      name: name !== undefined && isSegment(name) ? name : undefined,
      unlessSame: lastingReasons.has(outcome),
    };
  });
}

const lastingReasons: ReadonlySet<string> = new Set([
  "signature",
  "oversize",
  "other_library",
  "not_guildhall",
  "future_format",
]);

/** Whether the name is of a file that holds changes. */
export function isSegment(name: FileName): name is SegmentName {
  return name.kind === "loose" || name.kind === "pack" || name.kind === "relay";
}

/** Streams in their order, packs and what begins early first; what has no name comes last. */
function byRange(a: Candidate, b: Candidate): number {
  if (a.name === undefined || b.name === undefined) {
    return Number(a.name === undefined) - Number(b.name === undefined);
  }
  return (
    compareText(a.name.device, b.name.device) ||
    a.name.incarnation - b.name.incarnation ||
    a.name.first - b.name.first ||
    b.name.last - a.name.last
  );
}

function asDevice(text: string): DeviceId {
  return deviceIdSchema.parse(text);
}
