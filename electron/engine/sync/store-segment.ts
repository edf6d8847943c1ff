/**
 * Puts a verified segment into the log. What overlaps with what is here is taken once; what disagrees
 * with it is another branch of the same stream, and both are kept.
 */
import { parseName } from "#shared/format/names.ts";
import type { Writable } from "../db/database.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { emptyChain, sameChain } from "../log/chain.ts";
import { insertChange } from "../log/log-statements.ts";
import { shortBody } from "../log/short-body.ts";
import { fileHash } from "./create-outbox.ts";
import * as rows from "./segment-rows.ts";
import { extendEnd, findEnds } from "./stream-ends.ts";
import type { Signed, Unpacked } from "./verify-segment.ts";

export type Stored = {
  /** The changes that are new here. */
  readonly fresh: readonly Unpacked[];
  /** Whether it says that two copies of the device wrote. */
  readonly fork: boolean;
};

type Storing = {
  readonly cryptography: Pick<Cryptography, "hash">;
  readonly now: number;
  /** Where the file was found, for the name under which it can be put back. */
  readonly path: string;
};

/** Keeps one as it is that this version cannot apply, so that it can be passed on. */
export function holdSegment(db: Writable, signed: Signed, storing: Storing): void {
  rows.insertDevice(db).run(signed.segment.fields.dev, signed.signingKey);
  keepBytes(db, signed, { ...storing, held: 1 });
}

/** Rows between two breaths: some milliseconds. */
const rowsAtOnce = 300;

/**
 * Stores the changes that are new, the segment unless another one holds all of it, and the ends.
 * Yields between pieces of a few milliseconds; run it to its end inside one transaction.
 */
export function* storeSegment(
  db: Writable,
  signed: Signed,
  { unpacked, ...storing }: Storing & { readonly unpacked: readonly Unpacked[] },
): Generator<unknown, Stored> {
  const { dev: device, inc: incarnation, first, last } = signed.segment.fields;
  const here = chainsHere(db, signed);
  const isHere = (sequence: number, chain: Uint8Array) =>
    here.get(sequence)?.some((other) => sameChain(other, chain)) === true;
  const fresh = unpacked.filter(({ change, chain }) => !isHere(change.sequence, chain));
  const fork = isFork(db, signed, { here, unpacked });
  const wasForked = rows.forkOfStream(db).get(device, incarnation) !== undefined;
  if (fork) rows.noteFork(db).run(device, incarnation);
  if (fresh.length > 0) rows.insertDevice(db).run(device, signed.signingKey);
  const insert = insertChange(db);
  for (const [index, { body, change, chain }] of fresh.entries()) {
    if (index % rowsAtOnce === 0) yield;
    const { sequence, at, record, action = null } = change;
    const short = shortBody(body, change);
    insert.run(device, incarnation, sequence, at, record, action, short, chain);
  }
  const forked = fork || wasForked;
  const covered =
    !forked &&
    fresh.length === 0 &&
    rows
      .segmentsAround(db)
      .all(device, incarnation, first, last)
      .some((row) => row.held === 0);
  if (!covered) {
    keepBytes(db, signed, { ...storing, held: 0 });
    if (!forked) forgetCovered(db, signed);
  }
  const news = fresh.length > 0 || forked !== wasForked;
  if (news && forked) findEnds(db, { device, incarnation }, storing.cryptography);
  else if (news) extendEnd(db, signed);
  return { fresh, fork };
}

/** The chains that are here from the place before the segment to its last one. */
function chainsHere(db: Writable, signed: Signed): ReadonlyMap<number, readonly Uint8Array[]> {
  const { dev, inc, first, last } = signed.segment.fields;
  const found = new Map<number, Uint8Array[]>();
  if (first === 1) found.set(0, [emptyChain]);
  for (const { sequence, chain } of rows.chainsBetween(db).all(dev, inc, first - 1, last)) {
    const others = found.get(sequence);
    if (others === undefined) found.set(sequence, [chain]);
    else others.push(chain);
  }
  return found;
}

type Context = {
  readonly here: ReadonlyMap<number, readonly Uint8Array[]>;
  readonly unpacked: readonly Unpacked[];
};

/** Whether some place of the stream has two chains, this segment's and another one. */
function isFork(db: Writable, signed: Signed, { here, unpacked }: Context): boolean {
  const { dev, inc, first, last } = signed.segment.fields;
  const chainAt = (sequence: number) =>
    sequence < first ? signed.prev : unpacked[sequence - first]?.chain;
  for (const [sequence, chains] of here) {
    const own = chainAt(sequence);
    if (own !== undefined && chains.some((chain) => !sameChain(chain, own))) return true;
  }
  // What came before it and begins behind it says what has to be there.
  return rows
    .segmentsBegunIn(db)
    .all(dev, inc, first, last + 1)
    .some((row) => {
      const own = chainAt(row.first - 1);
      return own !== undefined && !sameChain(row.prev, own);
    });
}

function keepBytes(db: Writable, signed: Signed, how: Storing & { readonly held: 0 | 1 }): void {
  const { dev, inc, first, last } = signed.segment.fields;
  const { bytes, prev, end } = signed;
  rows.insertSegment(db).get({
    device: dev,
    incarnation: inc,
    first,
    last,
    prev,
    end,
    held: how.held,
    kind: kindOf(how.path, last - first + 1),
    origin: "received",
    published: 0,
    size: bytes.length,
    hash: fileHash(how.cryptography, bytes),
    at: how.now,
    bytes,
  });
}

/** Its place says what it was published as; of one that was found elsewhere, its size does well enough. */
function kindOf(path: string, changes: number): "loose" | "pack" {
  const place = parseName(path)?.kind;
  if (place === "loose" || place === "pack") return place;
  return changes >= 64 ? "pack" : "loose";
}

/** Smaller received ones of the same stretch are not needed any more: their changes are in this one. */
function forgetCovered(db: Writable, signed: Signed): void {
  const { dev, inc, first, last } = signed.segment.fields;
  for (const row of rows.segmentsWithin(db).all(dev, inc, first, last)) {
    const smaller = row.first > first || row.last < last;
    if (smaller && row.origin === "received") rows.deleteSegment(db).run(row.id);
  }
}
