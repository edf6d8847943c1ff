/** Keeps the tables `link` and `link_address` in step with the records. */
import { statement } from "../db/statement.ts";
import type { ProjectedRecord, Projector } from "../projections/projector.ts";
import type { Writable } from "../db/database.ts";
import { linksIn } from "./links-in.ts";
import { originOf, partOf, textsIn } from "./origin.ts";
import { addressesOf, type Origin, targetsOf } from "./place.ts";

const schema = `
-- What the text of a record points at inside the workspace, by each key it may mean; links to the
-- web are not kept.
CREATE TABLE IF NOT EXISTS link (
  source   TEXT    NOT NULL,
  position INTEGER NOT NULL,
  href     TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_by_key ON link (key, source);

-- The names by which a record is found.
CREATE TABLE IF NOT EXISTS link_address (
  record     TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  collection TEXT    NOT NULL,
  part       INTEGER NOT NULL,
  PRIMARY KEY (record, key, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_address_by_key ON link_address (key, record);
`;

const dropLinks = statement<[source: string]>("DELETE FROM link WHERE source = ?");
const dropAddresses = statement<[record: string]>("DELETE FROM link_address WHERE record = ?");
const addLink = statement<[string, number, string, string, string]>(
  "INSERT INTO link (source, position, href, kind, key) VALUES (?, ?, ?, ?, ?)",
);
const addAddress = statement<[string, string, string, string, string, number]>(
  `INSERT OR IGNORE INTO link_address (record, key, name, kind, collection, part)
   VALUES (?, ?, ?, ?, ?, ?)`,
);

/** The most links of one record that are kept: no page a person reads has as many. */
const mostLinks = 5000;

export const linkProjector: Projector = {
  name: "links",
  version: 3,
  schema,
  tables: ["link", "link_address"],
  clear: (db) => db.exec("DELETE FROM link; DELETE FROM link_address;"),
  project: (db, record) => {
    dropLinks(db).run(record.id);
    dropAddresses(db).run(record.id);
    // What is in the trash links nowhere and is reached by nothing.
    if (record.removedAt !== null) return;
    const origin = originOf(record.fields);
    projectLinks(db, record, origin);
    const aliases = textsIn(record.fields, "aliases");
    const copies = textsIn(record.fields, "origin_copies");
    for (const one of addressesOf({ title: record.title, origin, aliases, copies })) {
      const collection = one.collection ?? origin?.collection ?? "";
      addAddress(db).run(record.id, one.key, one.name, one.kind, collection, partOf(record.fields));
    }
  },
};

function projectLinks(db: Writable, record: ProjectedRecord, origin: Origin): void {
  const seen = new Set<string>();
  let position = 0;
  for (const link of linksIn(record)) {
    const one = `${link.kind} ${link.href}`;
    if (seen.has(one) || seen.size >= mostLinks) continue;
    seen.add(one);
    for (const { key } of targetsOf(link, origin)) {
      addLink(db).run(record.id, position, link.href, link.kind, key);
      position += 1;
    }
  }
}
