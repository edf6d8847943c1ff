/**
 * Which attachments each record has. A record has those that its field `attachments` names, and
 * those whose place in the text says their hash: `attachments/<sha256>/<name>`.
 */
import { z } from "zod";
import { sha256Schema } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "../projections/projector.ts";

/** One member of a record's field `attachments`. `href` is what the text writes for it. */
export const attachmentSchema = z.object({
  hash: sha256Schema,
  name: z.string(),
  media_type: z.string(),
  bytes: z.number().int().nonnegative(),
  href: z.string(),
  /** Where the file lay in the collection that it was imported with. */
  path: z.string().optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const schema = `
CREATE TABLE IF NOT EXISTS attachment (
  record     TEXT    NOT NULL,
  position   INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  media_type TEXT    NOT NULL,
  bytes      INTEGER NOT NULL,
  href       TEXT    NOT NULL,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attachment_by_hash ON attachment (hash, record);
`;

const drop = statement<[record: string]>("DELETE FROM attachment WHERE record = ?");
const add = statement<[string, number, string, string, string, number, string]>(
  `INSERT INTO attachment (record, position, hash, name, media_type, bytes, href)
   VALUES (?, ?, ?, ?, ?, ?, ?)`,
);
const ofRecord = statement<[record: string]>(
  "SELECT hash, name, media_type, bytes, href FROM attachment WHERE record = ? ORDER BY position",
);

export const attachmentProjector: Projector = {
  name: "attachments",
  version: 1,
  schema,
  tables: ["attachment"],
  clear: (db) => db.exec("DELETE FROM attachment"),
  project: (db, record) => {
    drop(db).run(record.id);
    const members = membersIn(record.fields);
    const named = record.extract().links.flatMap(({ href }) => namedInText(href) ?? []);
    const known = new Set(members.map(({ href }) => href));
    const fresh = new Map(
      named.filter(({ href }) => !known.has(href)).map((one) => [one.href, one]),
    );
    for (const [position, one] of [...members, ...fresh.values()].entries()) {
      add(db).run(record.id, position, one.hash, one.name, one.media_type, one.bytes, one.href);
    }
  },
};

/** A member as the field holds it. */
export function memberOf({ path, ...attachment }: Attachment): Json {
  return path === undefined ? attachment : { ...attachment, path };
}

/** The members of the field, without those that some other version wrote differently. */
export function membersIn(fields: Readonly<Record<string, Json>>): readonly Attachment[] {
  const value = fields["attachments"];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json) => {
    const parsed = attachmentSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The attachments of a record, those in the trash included. */
export function attachmentsOf(db: Readable, record: string): readonly Attachment[] {
  return ofRecord(db)
    .all(record)
    .map((row) => attachmentSchema.parse(row));
}

/** The attachment that a target in the text stands for. */
export function attachmentIn(href: string, held: readonly Attachment[]): Attachment | undefined {
  return held.find((one) => one.href === href);
}

const place = /(?:^|\/)attachments\/([0-9a-f]{64})\/([^/?#]+)$/u;

/** What to write in a text for an attachment: a relative path, so that it holds outside too. */
export function hrefOf(hash: string, name: string): string {
  const safe = name.replaceAll(/[\s()<>[\]\\/?#%*:|"']+/gu, "-").slice(-80) || "file";
  return `attachments/${hash}/${safe}`;
}

/** Reads such a place back; size and type are unknown to the text and stay 0 and "". */
function namedInText(href: string): Attachment | undefined {
  const match = place.exec(href);
  if (match === null) return undefined;
  return { hash: match[1] ?? "", name: match[2] ?? "", media_type: "", bytes: 0, href };
}
