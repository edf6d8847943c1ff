/** The change log over SQLite; see change-log.ts for what it promises. */
import { type Change, type ChangeBody, changeSchema, type Write } from "#shared/domain/change.ts";
import { nextTimestamp, type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import {
  actionAt,
  changeIdAt,
  deviceIdSchema,
  type IdSource,
  markOf,
  placeOf,
  type RecordId,
  recordIdSchema,
} from "#shared/domain/ids.ts";
import { isPlainChange } from "#shared/domain/plain-change.ts";
import { limits } from "#shared/format/limits.ts";
import { readJson } from "#shared/format/read-json.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import type { Identity } from "../identity/identity.ts";
import { causalOrder } from "./causal-order.ts";
import { emptyChain, nextChain, signedBytes } from "./chain.ts";
import type { ChangeDraft, ChangeLog, LoggedBody } from "./change-log.ts";
import * as sql from "./log-statements.ts";
import { shortBody } from "./short-body.ts";
import { verifyLog } from "./verify-log.ts";

type Dependencies = {
  readonly clock: IdSource;
  readonly cryptography: Cryptography;
  readonly identity: Pick<Identity, "device" | "sign">;
};

/** How many rows a long reading takes at a time, so that no cursor stays open between them. */
const pageSize = 500;

/** Builds the log; it keeps nothing in memory, so several processes may append in turn. */
export function createChangeLog(deps: Dependencies): ChangeLog {
  return {
    append: (db, drafts) => append(db, drafts, deps),
    get: (db, id) => {
      const { device, incarnation, sequence, mark } = placeOf(id);
      const rows = sql.bodiesAt(db).all(device, incarnation, sequence);
      const row = rows.find(({ chain }) => markOf(chain) === mark);
      return row && readChange(row);
    },
    ofRecord: (db, record) => causalOrder(sql.bodiesOfRecord(db).all(record).map(readChange)),
    ofRows: (rows) => causalOrder(rows.map(changeOf)),
    ofRecordSince: (db, record, position) =>
      causalOrder(sql.bodiesOfRecordAfter(db).all(record, position).map(readChange)),
    arrivals: (db, record) =>
      sql
        .placesOfRecord(db)
        .all(record)
        .map((row) => changeIdAt(row, row.chain)),
    newest: (db, record) => {
      const row = sql.newestOfRecord(db).get(record);
      return row && changeIdAt(row, row.chain);
    },
    ofAction: (db, action) => sql.bodiesOfAction(db).all(action).map(readChange),
    recordsOfAction: (db, action) => recordsOfAction(db, action),
    all: (db) => everything(db),
    count: (db) => sql.countChanges(db).get()?.changes ?? 0,
    records: (db) => recordIds(db),
    verify: (db) => verifyLog(db, deps.cryptography),
  };
}

function append(
  db: Writable,
  drafts: readonly ChangeDraft[],
  deps: Dependencies,
): readonly Change[] {
  if (drafts.length === 0) return [];
  const { device, incarnation, author } = writerOf(db, deps.identity);
  const last = sql.lastOfStream(db).get(device, incarnation);
  let sequence = last?.sequence ?? 0;
  let chain = last?.chain ?? emptyChain;
  let at = clockOf(db);
  const insert = sql.insertChange(db);
  const changes = drafts.map((draft): Change => {
    sequence += 1;
    at = nextTimestamp(at, deps.clock.now());
    const body = bodyOf({ v: 1, device, incarnation, sequence, at, author, ...draft });
    chain = nextChain(deps.cryptography, chain, body);
    const { record, action = actionAt(chain) } = draft;
    checkBody(body);
    const short = shortBody(body, { device, incarnation, sequence, at, author, ...draft });
    insert.run(device, incarnation, sequence, at, record, action, short, chain);
    return readChange({ device, incarnation, sequence, action, body, chain });
  });
  if (at !== undefined) sql.setClock(db).run(at);
  const from = last ?? { sequence: 0, chain: emptyChain };
  const moved = sql
    .moveEnd(db)
    .run(sequence, chain, device, incarnation, from.sequence, from.chain);
  if (moved.changes === 0) sql.insertEnd(db).run(device, incarnation, sequence, chain);
  const signature = deps.identity.sign(signedBytes({ device, incarnation, sequence, chain }));
  sql.insertSignature(db).run(device, incarnation, sequence, signature);
  return changes;
}

/** Who writes here, read inside the transaction: another process may have begun an incarnation. */
function writerOf(db: Readable, identity: Dependencies["identity"]) {
  const row = sql.writerRow(db).get();
  if (row === undefined) {
    throw new ExpectedFailure(
      "no_workspace",
      "There is no workspace in this profile yet, so there is nothing to write to. Start one first, or open the sample workspace.",
    );
  }
  if (identity.device()?.id !== row.device) {
    throw new ExpectedFailure(
      "keys_changed",
      "The keys of this device were replaced while Guildhall was running. Close it and open it again.",
    );
  }
  const device = deviceIdSchema.parse(row.device);
  return { device, incarnation: row.incarnation, author: recordIdSchema.parse(row.person_id) };
}

function clockOf(db: Readable): Timestamp | undefined {
  const row = sql.clockRow(db).get();
  return row && timestampSchema.parse(row.last);
}

/** Refuses what no reader may ever meet; so the caller gets what a rebuild and a colleague will fold. */
function checkBody(body: string): void {
  if (body.length > limits.change / 3 && Buffer.byteLength(body, "utf8") > limits.change) {
    throw new ExpectedFailure(
      "too_large",
      "This is more text than one record can hold in a shared workspace, so nothing was written. Split it into several records of less than a megabyte each.",
    );
  }
  const read = readJson(body);
  if (read === undefined) {
    throw new ExpectedFailure(
      "too_deep",
      "A field has values nested too deeply to be shared, so nothing was written. Write it flatter.",
    );
  }
  if (!isPlainChange(read.json)) changeSchema.parse(read.json);
}

/** Canonical JSON of the change. The round trip drops keys without a value, as JSON would. */
function bodyOf(change: ChangeBody): string {
  const plain: Json = JSON.parse(JSON.stringify(change));
  return canonicalJson(plain);
}

/**
 * Whatever is in the log passed the whole schema when it entered, and the chain of hashes says that
 * it is still the same; so a look at its shape is enough here, and a tenth of the time. What does
 * not look right is held to the schema, which says what is wrong.
 */
export function readChange(row: sql.BodyRow): Change {
  return changeOf({ id: changeIdAt(row, row.chain), action: row.action, body: row.body });
}

function changeOf({ id, action, body }: LoggedBody): Change {
  const parsed: ChangeBody = JSON.parse(body);
  const change = looksWhole(parsed) ? parsed : changeSchema.parse(parsed);
  if (change.action !== undefined || action === null) return Object.assign(change, { id });
  return Object.assign(change, { id, action: recordIdSchema.parse(action) });
}

function looksWhole(change: Partial<ChangeBody> | null): boolean {
  return (
    typeof change?.device === "string" &&
    typeof change.incarnation === "number" &&
    typeof change.sequence === "number" &&
    typeof change.at === "string" &&
    typeof change.author === "string" &&
    typeof change.record === "string" &&
    typeof change.type === "string" &&
    Array.isArray(change.writes) &&
    change.writes.every(looksWritten)
  );
}

function looksWritten(write: Partial<Write> | null): boolean {
  if (typeof write?.path !== "string") return false;
  switch (write.kind) {
    case "set":
    case "text":
      return Array.isArray(write.after);
    case "members":
      return Array.isArray(write.add) && Array.isArray(write.remove);
    case undefined:
      return false;
    default:
      return typeof write.kind === "string";
  }
}

function* everything(db: Readable): Iterable<Change> {
  let position = 0;
  for (;;) {
    const rows = sql.bodiesAfter(db).all(position, pageSize);
    for (const row of rows) yield readChange(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    position = last.position;
  }
}

function* recordsOfAction(db: Readable, action: RecordId): Iterable<RecordId> {
  const known = new Set<string>();
  let position = 0;
  for (;;) {
    const rows = sql.recordsOfActionAfter(db).all(action, position, pageSize);
    for (const { record } of rows) {
      if (known.has(record)) continue;
      known.add(record);
      yield recordIdSchema.parse(record);
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    ({ position } = last);
  }
}

function* recordIds(db: Readable): Iterable<RecordId> {
  let last = "";
  for (;;) {
    const rows = sql.recordsAfter(db).all(last, pageSize);
    for (const row of rows) yield recordIdSchema.parse(row.record);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.record;
  }
}
