/** Reads the links of one record: outward, inward, to attachments, and those that lead nowhere. */
import { z } from "zod";
import type { records } from "#shared/contract/records.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { parseWikilink } from "#shared/markdown/wikilink.ts";
import type { AttachmentFiles, StoredFile } from "../attachments/attachment-files.ts";
import { type Attachment, attachmentIn, attachmentsOf } from "../attachments/attachment-table.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Origin, Target } from "./place.ts";
import { targetsOf } from "./place.ts";
import { type Candidate, pickCandidate } from "./resolve.ts";

export type LinkReport = z.input<typeof records.links.output>;
type Linked = LinkReport["backlinks"][number];
type Named = { readonly id: RecordId; readonly type: string; readonly title: string };

const linkSchema = z.object({
  source: recordIdSchema,
  href: z.string(),
  kind: z.enum(["link", "image", "wikilink", "page_tag"]),
});
type LinkRow = z.infer<typeof linkSchema>;

/** A page that thousands link to shows this many of them. */
const mostBacklinks = 500;

const linksFrom = statement<[source: string]>(
  "SELECT source, href, kind FROM link WHERE source = ? ORDER BY position",
);
const candidatesOf = statement<[key: string], Candidate>(
  "SELECT record, name, kind, collection, part, key FROM link_address WHERE key = ?",
);
const linksTo = statement<[record: string, id: string, most: number]>(
  `SELECT source, href, kind FROM link
   WHERE key IN (SELECT key FROM link_address WHERE record = ? UNION ALL SELECT 'id:' || ?)
   LIMIT ?`,
);
const originRow = statement<[record: string], { collection: string | null; path: string | null }>(
  `SELECT fields ->> '$.origin_collection' AS collection, fields ->> '$.origin_path' AS path
   FROM record WHERE id = ?`,
);
const namedRow = statement<[id: string]>(
  "SELECT id, type, title FROM record WHERE id = ? AND removed_at IS NULL",
);
const referencesFrom = statement<[record: string], { target: string; via: string }>(
  "SELECT target_id AS target, field AS via FROM reference WHERE record_id = ? ORDER BY field, target_id",
);
const referencesTo = statement<[target: string, most: number], { target: string; via: string }>(
  "SELECT record_id AS target, field AS via FROM reference WHERE target_id = ? LIMIT ?",
);
const namedSchema = z.object({ id: recordIdSchema, type: z.string(), title: z.string() });

/** The links of the record in both directions; `describe` says what an attachment is called. */
export function readLinks(
  db: Readable,
  id: RecordId,
  describe: AttachmentFiles["describe"],
): LinkReport {
  const outward = readOutward(db, id, describe);
  const related: Linked[] = outward.targets.flatMap(({ record }) =>
    record.id === id ? [] : [{ ...record, via: "text" }],
  );
  for (const { target, via } of referencesFrom(db).all(id))
    related.push(...linked(db, target, via));
  return { ...outward, backlinks: readBacklinks(db, id), related: unique(related) };
}

/** What the texts of a record lead to, for whoever does not ask what leads to it. */
export function readOutward(
  db: Readable,
  id: RecordId,
  describe: AttachmentFiles["describe"],
): Pick<LinkReport, "targets" | "attachments" | "unresolved"> {
  const origin = readOrigin(db, id);
  const held = attachmentsOf(db, id);
  const targets: LinkReport["targets"] = [];
  const attachments: LinkReport["attachments"] = [];
  const unresolved: string[] = [];
  for (const link of distinct(
    linksFrom(db)
      .all(id)
      .map((row) => linkSchema.parse(row)),
  )) {
    const attachment = attachmentIn(link.href, held);
    if (attachment !== undefined) {
      const forms = shown(attachment, link, describe);
      if (forms.length === 0) unresolved.push(link.href);
      attachments.push(...forms);
      continue;
    }
    const found = resolve(db, targetsOf(link, origin), origin);
    if (found === undefined) {
      unresolved.push(link.href);
      continue;
    }
    const { record, anchor } = found;
    for (const href of writtenForms(link)) targets.push({ href, record, anchor });
  }
  return { targets, attachments, unresolved };
}

/** The record that the first target to lead anywhere leads to; undefined while none does. */
export function resolve(
  db: Readable,
  targets: readonly Target[],
  from: Origin,
): { readonly record: Named; readonly anchor: string | null } | undefined {
  for (const target of targets) {
    const record = resolveOne(db, target, from);
    if (record !== undefined) return { record, anchor: target.fragment };
  }
  return undefined;
}

function resolveOne(db: Readable, target: Target, from: Origin): Named | undefined {
  if (target.key.startsWith("id:")) return readNamed(db, target.name);
  const found = pickCandidate(target, from, candidatesOf(db).all(target.key));
  return found === undefined ? undefined : readNamed(db, found.record);
}

/** One row for each link, though a link may have several keys. */
function distinct(links: readonly LinkRow[]): readonly LinkRow[] {
  return [...new Map(links.map((link) => [`${link.kind} ${link.href}`, link])).values()];
}

function readBacklinks(db: Readable, id: RecordId): Linked[] {
  const found: Linked[] = [];
  for (const row of linksTo(db).all(id, id, mostBacklinks)) {
    const link = linkSchema.parse(row);
    if (link.source === id) continue;
    // The same key may stand for several records: only what really leads here counts.
    const from = readOrigin(db, link.source);
    if (resolve(db, targetsOf(link, from), from)?.record.id !== id) continue;
    found.push(...linked(db, link.source, "text"));
  }
  for (const { target, via } of referencesTo(db).all(id, mostBacklinks)) {
    found.push(...linked(db, target, via));
  }
  return unique(found);
}

/** The forms in which a reader of the text may meet the target: with its tag, without its words. */
function writtenForms(link: LinkRow): readonly string[] {
  if (link.kind === "page_tag") return [link.href, `{% page "${link.href}" %}`];
  if (link.kind !== "wikilink") return [link.href];
  const beforeWords = link.href.split("|", 1)[0]?.trim() ?? link.href;
  return [...new Set([link.href, beforeWords, parseWikilink(link.href).target])];
}

function shown(
  attachment: Attachment,
  link: LinkRow,
  describe: AttachmentFiles["describe"],
): LinkReport["attachments"] {
  const { hash, name, media_type: told, bytes } = attachment;
  // A text that names a hash cannot say what is behind it: the content itself does.
  const stored = told === "" ? describe(hash) : { mediaType: told, bytes };
  if (stored === undefined) return [];
  const forms = link.kind === "page_tag" ? writtenForms(link) : [link.href];
  return forms.map((href) => ({ href, hash, name, ...pick(stored) }));
}

function pick({ mediaType, bytes }: Pick<StoredFile, "mediaType" | "bytes">) {
  return { mediaType, bytes };
}

function readOrigin(db: Readable, id: string): Origin {
  const row = originRow(db).get(id);
  if (row === undefined || row.collection === null || row.path === null) return null;
  return { collection: row.collection, path: row.path };
}

function readNamed(db: Readable, id: string): Named | undefined {
  const row = namedRow(db).get(id);
  return row === undefined ? undefined : namedSchema.parse(row);
}

function linked(db: Readable, id: string, via: string): readonly Linked[] {
  const record = readNamed(db, id);
  return record === undefined ? [] : [{ ...record, via }];
}

function unique(list: readonly Linked[]): Linked[] {
  return [...new Map(list.map((one) => [`${one.id} ${one.via}`, one])).values()];
}
