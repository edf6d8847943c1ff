/** Checks that the log says what its devices signed: nothing altered, removed, moved or forged. */
import type { ChangeBody } from "#shared/domain/change.ts";
import { readChangeBody } from "#shared/domain/plain-change.ts";
import { decodeBase64Url } from "#shared/format/bytes.ts";
import { signedMessage } from "#shared/format/frame.ts";
import { readJson } from "#shared/format/read-json.ts";
import { openSegment } from "#shared/format/segment.ts";
import type { Readable } from "../db/database.ts";
import type { LogCheck } from "./change-log.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { deviceIdOf } from "../identity/identity.ts";
import { actionAt, changeIdAt } from "#shared/domain/ids.ts";
import { emptyChain, nextChain, sameChain, signedBytes } from "./chain.ts";
import * as sql from "./log-statements.ts";

type Stream = { readonly device: string; readonly incarnation: number };
type Verifier = (message: Uint8Array, signature: Uint8Array) => boolean;

const pageSize = 500;

/** Goes through every chain from its start; yields after each change and for each problem. */
export function* verifyLog(db: Readable, cryptography: Cryptography): Iterable<LogCheck> {
  const known = sql.streams(db).all();
  for (const stream of known) {
    const verify = verifierOf(db, stream.device, cryptography);
    if (typeof verify === "string") yield { problem: verify };
    else yield* verifyStream(db, stream, { cryptography, verify });
  }
  for (const signed of sql.signedStreams(db).all()) {
    const present = known.some(
      (one) => one.device === signed.device && one.incarnation === signed.incarnation,
    );
    if (present) continue;
    yield { problem: `All changes of ${nameOf(signed)} are missing, though it signed some.` };
  }
}

/** The device's signature check, or why there is none: its id must be the hash of its key. */
function verifierOf(db: Readable, device: string, cryptography: Cryptography): Verifier | string {
  const row = sql.deviceRow(db).get(device);
  if (row === undefined) return `The public key of device ${device} is missing.`;
  if (row.signing_key.length !== 32 || deviceIdOf(cryptography, row.signing_key) !== device) {
    return `The public key kept for device ${device} is not its own.`;
  }
  return cryptography.verifier(row.signing_key);
}

type Checking = { readonly cryptography: Cryptography; readonly verify: Verifier };

/** A row that was looked at, and the one before it on its branch. */
type Link = { readonly row: sql.ChangeRow; readonly before: Link | undefined; covered: boolean };

/**
 * Each change has to follow one that is here, or the place where a segment begins: others' changes may
 * come in any order. Two at one place are branches of a device that was copied; both are checked.
 */
function* verifyStream(db: Readable, stream: Stream, by: Checking): Iterable<LogCheck> {
  const starts = sql.segmentStarts(db).all(stream.device, stream.incarnation);
  const beginnings = Map.groupBy(starts, (start) => start.first);
  const signed = signaturesOf(db, stream);
  const links: Link[] = [];
  let before: readonly Link[] = [];
  let sequence = 0;
  for (const rows of placesOf(db, stream)) {
    const place = rows[0]?.sequence ?? 0;
    const begun = beginnings.get(place)?.map((start) => start.prev) ?? [];
    if (place !== sequence + 1) {
      before = [];
      if (begun.length === 0) yield { problem: missing(stream, sequence + 1, place - 1) };
    }
    const found: Link[] = [];
    for (const row of rows) {
      yield { problem: null };
      const link = linkOf(row, { before, begun, by });
      if ("problems" in link) yield* link.problems.map((problem) => ({ problem }));
      found.push("problems" in link ? { row, before: undefined, covered: false } : link);
    }
    yield* checkSignature(found, { stream, by, signature: signed.get(place) });
    signed.delete(place);
    links.push(...found);
    [before, sequence] = [found, place];
  }
  for (const left of signed.keys()) {
    yield {
      problem: `Change ${left} of ${nameOf(stream)} is missing, though the device signed it.`,
    };
  }
  yield* checkSegments(db, stream, { by, links });
  yield* uncovered(stream, links);
}

type Around = {
  readonly before: readonly Link[];
  readonly begun: readonly Uint8Array[];
  readonly by: Checking;
};

/** Goes on from what is stored, so that one broken change is one problem and not all that follow. */
function linkOf(
  row: sql.ChangeRow,
  { before, begun, by }: Around,
): Link | { readonly problems: readonly string[] } {
  const name = changeIdAt(row, row.chain);
  const problem = problemOf(row);
  const problems = problem === undefined ? [] : [`Change ${name} ${problem}.`];
  const fits = (chain: Uint8Array) =>
    sameChain(nextChain(by.cryptography, chain, row.body), row.chain);
  const parent = before.find((link) => fits(link.row.chain));
  const whole =
    parent !== undefined || (row.sequence === 1 && fits(emptyChain)) || begun.some(fits);
  if (!whole) {
    problems.push(
      `Change ${name} or one before it is not what was written: the chain of hashes breaks there.`,
    );
  }
  if (problems.length > 0) return { problems };
  return { row, before: parent, covered: false };
}

type SignedPlace = {
  readonly stream: Stream;
  readonly by: Checking;
  readonly signature: Uint8Array | undefined;
};

function* checkSignature(
  found: readonly Link[],
  { stream, by, signature }: SignedPlace,
): Iterable<LogCheck> {
  if (signature === undefined) return;
  const signed = found.find(({ row }) => {
    const end = { ...stream, sequence: row.sequence, chain: row.chain };
    return by.verify(signedBytes(end), signature);
  });
  if (signed !== undefined) return cover(signed);
  const [first] = found;
  if (first === undefined) return;
  const name = changeIdAt(first.row, first.row.chain);
  yield { problem: `The signature at change ${name} is not that of its device.` };
}

/** What is signed at one place is signed for all that led there. */
function cover(link: Link): void {
  for (let at: Link | undefined = link; at !== undefined && !at.covered; at = at.before) {
    at.covered = true;
  }
}

/** A segment's own signature covers the changes that came in it. */
function* checkSegments(
  db: Readable,
  stream: Stream,
  { by, links }: { readonly by: Checking; readonly links: readonly Link[] },
): Iterable<LogCheck> {
  const places = Map.groupBy(links, (link) => link.row.sequence);
  for (const { id, first, last } of sql.segmentStarts(db).all(stream.device, stream.incarnation)) {
    const start = sql.segmentBeginning(db).get(id)?.beginning;
    const segment = start === undefined ? { problem: "hash" } : openSegment(start);
    if (
      "problem" in segment ||
      !by.verify(signedMessage("segment", segment.header), segment.signature)
    ) {
      yield {
        problem: `The segment with changes ${first} to ${last} of ${nameOf(stream)} is not what its device signed.`,
      };
      continue;
    }
    const end = decodeBase64Url(segment.fields.end);
    const there = places.get(last)?.find(({ row }) => sameChain(row.chain, end));
    if (there === undefined) yield { problem: missing(stream, first, last) };
    else cover(there);
  }
}

/** The longest stretches of changes for which nobody vouches. */
function* uncovered(stream: Stream, links: readonly Link[]): Iterable<LogCheck> {
  let from: number | undefined;
  for (const [index, { row, covered }] of links.entries()) {
    if (covered) continue;
    from ??= row.sequence;
    if (links[index + 1]?.covered === false) continue;
    yield {
      problem: `Changes ${from} to ${row.sequence} of ${nameOf(stream)} carry no valid signature.`,
    };
    from = undefined;
  }
}

function missing(stream: Stream, from: number, to: number): string {
  return `Changes ${from} to ${to} of ${nameOf(stream)} are missing.`;
}

function signaturesOf(db: Readable, stream: Stream): Map<number, Uint8Array> {
  const rows = sql.signaturesOfStream(db).all(stream.device, stream.incarnation);
  return new Map(rows.map((row) => [row.sequence, row.signature]));
}

/** Whether the columns by which a change is found say what its body says. */
function problemOf(row: sql.ChangeRow): string | undefined {
  const read = readJson(row.body);
  const change = read && readChangeBody(read.json);
  if (change === undefined) return "cannot be read";
  const agrees =
    change.device === row.device &&
    change.incarnation === row.incarnation &&
    change.sequence === row.sequence &&
    change.at === row.at &&
    change.record === row.record &&
    (row.action ?? undefined) === (row.action === null ? change.action : actionOf(change, row));
  return agrees ? undefined : "is filed under another place than it says itself";
}

/** A change of this device that says no action is found by one that its chain makes. */
function actionOf(change: ChangeBody, row: sql.ChangeRow): string {
  return change.action ?? actionAt(row.chain);
}

/** The rows of a stream, those of one place together. */
function* placesOf(db: Readable, stream: Stream): Iterable<readonly sql.ChangeRow[]> {
  let place: sql.ChangeRow[] = [];
  for (const row of rowsOf(db, stream)) {
    if (place.length > 0 && place[0]?.sequence !== row.sequence) {
      yield place;
      place = [];
    }
    place.push(row);
  }
  if (place.length > 0) yield place;
}

function* rowsOf(db: Readable, stream: Stream): Iterable<sql.ChangeRow> {
  let last = 0;
  for (;;) {
    // By places, not by rows: a page never ends between two rows of one place.
    const rows = sql
      .streamBetween(db)
      .all(stream.device, stream.incarnation, last, last + pageSize);
    yield* rows;
    if (rows.length === 0) {
      const next = sql.nextOfStream(db).get(stream.device, stream.incarnation, last)?.sequence;
      if (next === undefined || next === null) return;
      last = next - 1;
    } else last += pageSize;
  }
}

function nameOf(stream: Stream): string {
  return `device ${stream.device}, incarnation ${stream.incarnation},`;
}
