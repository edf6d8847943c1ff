/** Which record came from which file, so that the same file finds its record again. */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { originOf, partOf } from "../links/origin.ts";
import type { Projector } from "../projections/projector.ts";
import { bodyHash } from "./import/fingerprint.ts";

const schema = `
CREATE TABLE IF NOT EXISTS origin (
  record     TEXT    PRIMARY KEY,
  collection TEXT,
  path       TEXT,
  part       INTEGER NOT NULL,
  hash       TEXT,
  body_hash  TEXT,
  removed    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origin_by_path ON origin (collection, path, part);
CREATE INDEX IF NOT EXISTS origin_by_body ON origin (body_hash, record) WHERE body_hash IS NOT NULL;
`;

const forget = statement<[record: string]>("DELETE FROM origin WHERE record = ?");
const upsert = statement<
  [string, string | null, string | null, number, string | null, string | null, number]
>(
  `INSERT INTO origin (record, collection, path, part, hash, body_hash, removed)
   VALUES (?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (record) DO UPDATE SET collection = excluded.collection, path = excluded.path,
     part = excluded.part, hash = excluded.hash, body_hash = excluded.body_hash,
     removed = excluded.removed`,
);
const ofCollection = statement<[collection: string]>(
  `SELECT origin.record, origin.path, origin.part, origin.hash, origin.removed, record.type,
          record.title
   FROM origin JOIN record ON record.id = origin.record
   WHERE collection = ? ORDER BY path, part, origin.record`,
);
const withBody = statement<[hash: string]>(
  `SELECT record.id, record.title FROM origin JOIN record ON record.id = origin.record
   WHERE body_hash = ? AND removed = 0 ORDER BY origin.record`,
);
const withBodySchema = z.object({ id: recordIdSchema, title: z.string() });
const inCollection = statement<[collection: string, path: string, hash: string]>(
  "SELECT 1 FROM origin WHERE collection = ? AND path = ? AND hash = ? LIMIT 1",
);
const anyInCollection = statement<[collection: string]>(
  "SELECT 1 FROM origin WHERE collection = ? LIMIT 1",
);

const rowSchema = z.object({
  record: recordIdSchema,
  path: z.string(),
  part: z.number(),
  hash: z.string().nullable(),
  removed: z.number(),
  type: z.string(),
  title: z.string(),
});
export type OriginRow = z.infer<typeof rowSchema>;

export const originProjector: Projector = {
  name: "origins",
  version: 1,
  schema,
  tables: ["origin"],
  clear: (db) => db.exec("DELETE FROM origin"),
  forget: (db, id) => void forget(db).run(id),
  project: (db, { id, fields, body, removedAt }) => {
    const origin = originOf(fields);
    const hash = typeof fields["origin_hash"] === "string" ? fields["origin_hash"] : null;
    upsert(db).run(
      id,
      origin?.collection ?? null,
      origin?.path ?? null,
      partOf(fields),
      hash,
      bodyHash(body),
      removedAt === null ? 0 : 1,
    );
  },
};

/** The records that came from each file of the collection, by path, trash included. */
export function recordsOf(
  db: Readable,
  collection: string,
): ReadonlyMap<string, readonly OriginRow[]> {
  const found = new Map<string, OriginRow[]>();
  for (const row of ofCollection(db).iterate(collection)) {
    const parsed = rowSchema.parse(row);
    const there = found.get(parsed.path);
    if (there === undefined) found.set(parsed.path, [parsed]);
    else there.push(parsed);
  }
  return found;
}

/** A record with the same text that is none of the others; undefined when there is none. */
export function recordWithBody(
  db: Readable,
  hash: string,
  others: ReadonlySet<string>,
): z.infer<typeof withBodySchema> | undefined {
  for (const row of withBody(db).iterate(hash)) {
    const record = withBodySchema.parse(row);
    if (!others.has(record.id)) return record;
  }
  return undefined;
}

/** Whether the file came in before, with the same bytes. */
export function hasFile(
  db: Readable,
  file: { collection: string; path: string; hash: string },
): boolean {
  return inCollection(db).get(file.collection, file.path, file.hash) !== undefined;
}

/** Whether anything came in from a source of that name. */
export function hasCollection(db: Readable, collection: string): boolean {
  return anyInCollection(db).get(collection) !== undefined;
}
