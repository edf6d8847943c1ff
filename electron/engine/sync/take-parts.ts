/**
 * Puts verified segments into the log, round after round: the acts that come with some of them say
 * whose others may be taken, so those of devices nobody knows yet are tried again.
 */
import type { Timestamp } from "#shared/domain/clock.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import type { Writable } from "../db/database.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import type { Identity } from "../identity/identity.ts";
import { inPieces } from "./in-pieces.ts";
import type { Standing } from "./intake.ts";
import type { Fate, Part } from "./open-files.ts";
import type { ReadRoster } from "./roster-source.ts";
import { libraryRow } from "./segment-rows.ts";
import { createKeptBodies, type KeptBodies } from "./kept-bodies.ts";
import { holdSegment, storeSegment } from "./store-segment.ts";
import { type Signed, unpackSegment } from "./verify-segment.ts";

export type TakeDependencies = {
  readonly cryptography: Cryptography;
  readonly identity: Pick<Identity, "device">;
  readonly clock: Pick<IdSource, "now">;
  /** Absent where nobody judges: then every device is known and every change stands. */
  readonly roster?: ReadRoster;
};

/** What came of the segments, and what has to be folded now. */
export type Taken = {
  readonly fates: readonly Fate[];
  readonly bodies: KeptBodies;
  readonly acts: boolean;
  /** The latest clock among the changes that came. */
  readonly latest: Timestamp | undefined;
};

type Handed = {
  readonly parts: readonly Part[];
  readonly breathe: () => Promise<void>;
  /** What is of this device itself has to come again later. */
  readonly ownWaits?: boolean;
};

type SignedPart = Part & { readonly found: Signed };

type Tally = {
  readonly fates: Fate[];
  readonly bodies: KeptBodies;
  acts: boolean;
  latest: Timestamp | undefined;
};

/** Verified parts in the order of their streams; the rest was turned away before. */
export async function takeParts(
  deps: TakeDependencies,
  db: Writable,
  { parts, breathe, ownWaits = false }: Handed,
): Promise<Taken> {
  const bodies = createKeptBodies();
  const tally: Tally = { fates: [], bodies, acts: false, latest: undefined };
  const library = libraryRow(db).get()?.id;
  let waiting: readonly SignedPart[] = parts.filter(isSigned).toSorted(byPlace);
  for (;;) {
    const standingOf = standings(deps, db, ownWaits);
    const strangers = waiting.filter((part) => standingOf(deviceOf(part)) === "unknown");
    const knew = tally.acts;
    tally.acts = false;
    for (const part of waiting) {
      const standing = standingOf(deviceOf(part));
      if (standing === "unknown") continue;
      await takePart({ deps, db, library, breathe }, { part, standing, tally });
      await breathe();
    }
    const learnt: boolean = tally.acts;
    tally.acts ||= knew;
    waiting = strangers;
    if (!learnt || waiting.length === 0) break;
  }
  for (const { file, found } of waiting) {
    const header = found.segment.fields;
    tally.fates.push({ file, outcome: "held", reason: "unknown_device", header, changes: 0 });
  }
  return tally;
}

function isSigned(part: Part): part is SignedPart {
  return "segment" in part.found;
}

function deviceOf({ found }: SignedPart): string {
  return found.segment.fields.dev;
}

function byPlace(a: SignedPart, b: SignedPart): number {
  const [one, other] = [a.found.segment.fields, b.found.segment.fields];
  if (one.dev !== other.dev) return one.dev < other.dev ? -1 : 1;
  return one.inc - other.inc || one.first - other.first || one.last - other.last;
}

/** A device's own files are its own, whatever anybody says. */
function standings(
  deps: TakeDependencies,
  db: Writable,
  ownWaits: boolean,
): (device: string) => Standing {
  const roster = deps.roster?.(db);
  const own = deps.identity.device()?.id;
  return (device) => {
    if (device === own) return ownWaits ? "unknown" : "active";
    return roster === undefined ? "active" : roster.standingOf(device);
  };
}

type Place = {
  readonly deps: TakeDependencies;
  readonly db: Writable;
  readonly library: string | undefined;
  readonly breathe: () => Promise<void>;
};
type One = { readonly part: SignedPart; readonly standing: Standing; readonly tally: Tally };

async function takePart(
  { deps, db, library, breathe }: Place,
  { part, standing, tally }: One,
): Promise<void> {
  const { file, path, found } = part;
  const header = found.segment.fields;
  const { cryptography } = deps;
  const storing = { cryptography, now: deps.clock.now(), path };
  if (found.missing.length > 0) {
    holdSegment(db, found, storing);
    tally.fates.push({ file, outcome: "held", reason: "future_format", header, changes: 0 });
    return;
  }
  const unpacked = await inPieces(unpackSegment(found, cryptography), breathe);
  if (typeof unpacked === "string") {
    tally.fates.push({ file, outcome: "quarantined", reason: unpacked, header, changes: 0 });
    return;
  }
  const stored = storeSegment(db, found, { ...storing, unpacked });
  const { fresh, fork } = await inPieces(stored, breathe);
  const acts = fresh.filter(({ change }) => change.record === library);
  if (acts.length > 0) tally.acts = true;
  const others = acts.length > 0 ? fresh.filter((one) => !acts.includes(one)) : fresh;
  if (others.length > 0) tally.bodies.add(others);
  if (fresh.length > 0 && (tally.latest === undefined || header.to > tally.latest)) {
    tally.latest = header.to;
  }
  const reason = fork ? "fork" : standing === "removed" ? "removed" : undefined;
  const outcome = fresh.length > 0 ? "accepted" : "known";
  tally.fates.push({ file, outcome, reason, header, changes: fresh.length });
}
