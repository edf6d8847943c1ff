/** The outbox over `workspace.db`; see outbox.ts for what it promises. */
import { type IdSource, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import type { Identity, PublicDevice } from "../identity/identity.ts";
import { emptyChain } from "../log/chain.ts";
import type { Outbox, SegmentFile, SegmentRow } from "./outbox.ts";
import * as rows from "./segment-rows.ts";
import { type LoggedRow, signSegment } from "./sign-segment.ts";

type Dependencies = {
  readonly identity: Pick<Identity, "device" | "sign">;
  readonly cryptography: Pick<Cryptography, "hash">;
  readonly clock: Pick<IdSource, "now">;
};

/**
 * How much text goes into one segment, in bytes. Text that cannot be compressed still stays below
 * the limit of a file.
 */
const mostText = 7_500_000;

type StreamKey = [device: string, incarnation: number];

const ownEnds = statement<
  [device: string],
  { readonly incarnation: number; readonly sequence: number }
>(
  "SELECT incarnation, max(sequence) AS sequence FROM stream_end WHERE device = ? GROUP BY incarnation",
);
const coveredUpTo = statement<StreamKey, { readonly last: number | null }>(
  "SELECT max(last) AS last FROM segment WHERE device = ? AND incarnation = ?",
);
const inFolderUpTo = statement<StreamKey, { readonly last: number | null }>(
  `SELECT max(last) AS last FROM segment
   WHERE device = ? AND incarnation = ? AND (published > 0 OR origin = 'received')`,
);
/** The branches of a fork have the same numbers, so there each segment counts for itself. */
const notInFolder = statement<StreamKey, { readonly changes: number | null }>(
  `SELECT sum(last - first + 1) AS changes FROM segment
   WHERE device = ? AND incarnation = ? AND origin = 'own' AND published = 0 AND kind = 'loose'`,
);
const rowsAfter = statement<[...StreamKey, after: number, until: number], LoggedRow>(
  `SELECT sequence, at, body, chain FROM logged_change
   WHERE device = ? AND incarnation = ? AND sequence > ? AND sequence <= ? ORDER BY sequence`,
);

/** Builds the outbox. */
export function createOutbox(deps: Dependencies): Outbox {
  return {
    build: (db) => build(db, deps),
    waiting: (db) => waiting(db, deps),
    streams: (db) => rows.segmentStreams(db).all(),
    segmentsOf: (db, { device, incarnation }) =>
      rows.segmentsOfStream(db).all(device, incarnation).map(rows.segmentRow),
    unpublished: (db) => rows.unpublishedSegments(db).all().map(rows.segmentRow),
    segment: (db, id) => {
      const row = rows.segmentById(db).get(id);
      return row && rows.segmentRow(row);
    },
    bytesOf: (db, id) => rows.segmentBytes(db).get(id)?.bytes,
    markPublished: (db, id) => void rows.setPublished(db).run(1, id),
    markReadBack: (db, id) => void rows.setPublished(db).run(2, id),
    markMissing: (db, id) => void rows.setPublished(db).run(0, id),
    replaceByPack: (db, ids) => replaceByPack(db, ids, deps),
    drop: (db, ids) => drop(db, ids),
  };
}

function build(db: Writable, deps: Dependencies): readonly SegmentFile[] {
  const device = deps.identity.device();
  if (device === undefined || rows.libraryRow(db).get() === undefined) return [];
  return ownEnds(db)
    .all(device.id)
    .flatMap(({ incarnation, sequence }) => {
      const after = coveredUpTo(db).get(device.id, incarnation)?.last ?? 0;
      const stretch = { device, incarnation, after, until: sequence };
      return after < sequence && !isForked(db, device.id, incarnation)
        ? sealed(db, { ...stretch, kind: "loose" }, deps)
        : [];
    });
}

/** Of a stream that forked nothing is signed any more: that was done before the other branch came. */
function isForked(db: Readable, device: string, incarnation: number): boolean {
  return rows.forkOfStream(db).get(device, incarnation) !== undefined;
}

function waiting(db: Readable, { identity }: Dependencies): number {
  const device = identity.device()?.id;
  if (device === undefined) return 0;
  let changes = 0;
  for (const { incarnation, sequence } of ownEnds(db).all(device)) {
    changes += isForked(db, device, incarnation)
      ? (notInFolder(db).get(device, incarnation)?.changes ?? 0)
      : Math.max(0, sequence - (inFolderUpTo(db).get(device, incarnation)?.last ?? 0));
  }
  return changes;
}

type Wanted = {
  readonly device: PublicDevice;
  readonly incarnation: number;
  readonly after: number;
  readonly until: number;
  readonly kind: SegmentRow["kind"];
  /** Where a segment may end; anywhere when it is not given. */
  readonly cuts?: ReadonlySet<number>;
};

/** Signs and stores the stretch, in as many pieces as the limits ask for. */
function sealed(db: Writable, wanted: Wanted, deps: Dependencies): readonly SegmentFile[] {
  const { device, incarnation, kind } = wanted;
  const library = recordIdSchema.parse(rows.libraryRow(db).get()?.id);
  const sign = deps.identity.sign;
  const made: SegmentFile[] = [];
  let prev = chainAt(db, wanted);
  for (const some of pieces(rowsOf(db, wanted), wanted.cuts)) {
    const bytes = signSegment(
      { library, device, incarnation, prev, rows: some },
      { ...deps, sign },
    );
    const [first, last] = [some[0], some.at(-1)];
    if (first === undefined || last === undefined) continue;
    const stored = rows.insertSegment(db).get({
      device: device.id,
      incarnation,
      first: first.sequence,
      last: last.sequence,
      prev,
      end: last.chain,
      kind,
      origin: "own",
      held: 0,
      published: 0,
      size: bytes.length,
      hash: fileHash(deps.cryptography, bytes),
      at: deps.clock.now(),
      bytes,
    });
    if (stored !== undefined) made.push({ ...rows.segmentRow(stored), bytes });
    prev = last.chain;
  }
  return made;
}

function* rowsOf(db: Readable, wanted: Wanted): Iterable<LoggedRow> {
  const { device, incarnation, until } = wanted;
  const page = 500;
  for (let { after } = wanted; after < until; after += page) {
    yield* rowsAfter(db).all(device.id, incarnation, after, Math.min(after + page, until));
  }
}

function chainAt(db: Readable, { device, incarnation, after }: Wanted): Uint8Array {
  if (after === 0) return emptyChain;
  const [row, other] = rows.chainsAtPlace(db).all(device.id, incarnation, after);
  if (row === undefined || other !== undefined) throw new Error("A stream without its beginning.");
  return row.chain;
}

/** Cuts rows where the text would grow too long, and only where a cut is allowed. */
function* pieces(
  all: Iterable<LoggedRow>,
  cuts: ReadonlySet<number> | undefined,
): Iterable<readonly LoggedRow[]> {
  let some: LoggedRow[] = [];
  let text = 0;
  let [endable, textThere] = [0, 0];
  for (const row of all) {
    const length = Buffer.byteLength(row.body, "utf8") + 1;
    if (text + length > mostText && endable > 0) {
      yield some.slice(0, endable);
      some = some.slice(endable);
      text -= textThere;
      [endable, textThere] = [0, 0];
    }
    some.push(row);
    text += length;
    if (cuts === undefined || cuts.has(row.sequence)) [endable, textThere] = [some.length, text];
  }
  if (some.length > 0) yield some;
}

/** The hash as names carry it: the first 16 hexadecimal digits. */
export function fileHash(cryptography: Pick<Cryptography, "hash">, bytes: Uint8Array): string {
  return Buffer.from(cryptography.hash(bytes)).toString("hex").slice(0, 16);
}

function replaceByPack(
  db: Writable,
  ids: readonly number[],
  deps: Dependencies,
): readonly SegmentFile[] {
  const device = deps.identity.device();
  const old = ids.flatMap((id) => rows.segmentById(db).get(id) ?? []);
  const inOrder = old.toSorted((a, b) => a.first - b.first);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (device === undefined || first === undefined || last === undefined) return [];
  if (isForked(db, device.id, first.incarnation)) return [];
  const neighbours = inOrder.every(
    (row, index) =>
      row.device === device.id &&
      row.incarnation === first.incarnation &&
      (index === 0 || row.first === (inOrder[index - 1]?.last ?? 0) + 1),
  );
  if (!neighbours) throw new Error("Only own segments that follow one another make a pack.");
  const stretch = { device, incarnation: first.incarnation, after: first.first - 1 };
  const cuts = new Set(inOrder.map((row) => row.last));
  return sealed(db, { ...stretch, until: last.last, kind: "pack", cuts }, deps);
}

/** A row goes when another one, that stays, holds all of it on the only branch there is. */
function drop(db: Writable, ids: readonly number[]): number {
  const going = new Set(ids);
  let dropped = 0;
  for (const id of ids) {
    const row = rows.segmentById(db).get(id);
    if (row === undefined || isForked(db, row.device, row.incarnation)) continue;
    const around = rows
      .segmentsAround(db)
      .all(row.device, row.incarnation, row.first, row.last)
      .filter((other) => !going.has(other.id) && other.held === 0);
    if (around.length === 0) continue;
    rows.deleteSegment(db).run(id);
    dropped += 1;
  }
  return dropped;
}
