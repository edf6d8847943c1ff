/** Which tables the projections made, with which version, and how they are made anew. */
import { z } from "zod";
import type { Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "./projector.ts";

/** What a projector and the record fold have in common. */
export type ProjectionPart = Omit<Projector, "project">;

type ProjectionRow = {
  readonly name: string;
  readonly version: number;
  readonly tables: string;
  /** Null once the tables say what the log says. */
  readonly reached: string | null;
};
type SchemaObject = { readonly type: string; readonly name: string; readonly sql: string | null };

const projectionRows = statement<[], ProjectionRow>(
  "SELECT name, version, tables, reached FROM projection",
);
const forgetProjection = statement<[name: string]>("DELETE FROM projection WHERE name = ?");
const noteProjection = statement<[name: string, version: number, tables: string, reached: string]>(
  "INSERT INTO projection (name, version, tables, reached) VALUES (?, ?, ?, ?)",
);
const setReached = statement<[reached: string | null, name: string]>(
  "UPDATE projection SET reached = ? WHERE name = ?",
);
const schemaObjects = statement<[], SchemaObject>("SELECT type, name, sql FROM sqlite_schema");
const countRecords = statement<[reached: string], { readonly done: number }>(
  "SELECT count(*) AS done FROM record WHERE id >= ?",
);

const namesSchema = z.array(z.string());

/** Greater than every record's id: none was reached. */
export const nothingReached = "~";

/** How each of the parts stands, by name: its version, and what was reached while it is filled. */
export function standings(
  db: Readable,
): ReadonlyMap<string, Pick<ProjectionRow, "version" | "reached">> {
  return new Map(
    projectionRows(db)
      .all()
      .map((row) => [row.name, row]),
  );
}

/** Whether the part's tables say what the log says, in the way of this very version. */
export function isCurrent(db: Readable, part: ProjectionPart): boolean {
  const standing = standings(db).get(part.name);
  return standing?.version === part.version && standing.reached === null;
}

/** Whether the part's tables were never made, or are those of another version. */
export function isOutdated(db: Readable): (part: ProjectionPart) => boolean {
  const standing = standings(db);
  return ({ name, version }) => standing.get(name)?.version !== version;
}

/** How many records a projection that is being filled has, and of how many; undefined once it is not. */
export function lagOf(
  db: Readable,
  name: string,
): { readonly done: number; readonly total: number } | undefined {
  const reached = standings(db).get(name)?.reached ?? null;
  if (reached === null) return undefined;
  return { done: recordsFrom(db, reached), total: recordsFrom(db, "") };
}

/** How many records there are from this id up. */
export function recordsFrom(db: Readable, id: string): number {
  return countRecords(db).get(id)?.done ?? 0;
}

/** Drops the tables of the parts and of whatever no part makes any more; makes those of the parts, empty. */
export function makeAnew(
  db: Writable,
  stale: readonly ProjectionPart[],
  all: readonly ProjectionPart[],
): void {
  const kept = new Set(all.filter((part) => !stale.includes(part)).map((part) => part.name));
  const gone = projectionRows(db)
    .all()
    .filter((row) => !kept.has(row.name));
  drop(db, new Set(gone.flatMap(tablesOf)));
  for (const { name } of gone) forgetProjection(db).run(name);
  for (const part of stale) {
    const before = new Set(objects(db).map((one) => one.name));
    db.exec(part.schema);
    const added = objects(db).filter((one) => !before.has(one.name));
    const names = JSON.stringify(added.map((one) => one.name));
    noteProjection(db).run(part.name, part.version, names, nothingReached);
  }
}

/** Notes the record down to which the part's tables were filled. */
export function markReached(db: Writable, part: ProjectionPart, record: string): void {
  setReached(db).run(record, part.name);
}

/** Notes that the tables of the parts say what the log says. */
export function markCurrent(db: Writable, parts: readonly ProjectionPart[]): void {
  for (const part of parts) setReached(db).run(null, part.name);
}

/** Empties the parts' ordinary tables, one in a piece; what else a part has its own `clear` empties. */
export function* emptyTables(db: Writable, parts: readonly ProjectionPart[]): Iterable<unknown> {
  const made = new Set(parts.flatMap((part) => part.tables));
  const plain = objects(db).filter((one) => one.type === "table" && !isVirtual(one));
  for (const one of plain.filter(({ name }) => made.has(name))) {
    yield db.exec(`DELETE FROM ${quoted(one)}`);
  }
}

/**
 * Drops the indexes of the parts' tables and answers the SQL that makes them again: a fold of
 * everything visits each row by its key, and an index is made much faster than it is kept up.
 */
export function dropIndexes(db: Writable, parts: readonly ProjectionPart[]): readonly string[] {
  const names = new Set(parts.map((part) => part.name));
  const rows = projectionRows(db).all();
  const made = new Set(rows.filter((row) => names.has(row.name)).flatMap(tablesOf));
  const indexes = objects(db).filter((one) => one.type === "index" && made.has(one.name));
  drop(db, new Set(indexes.map((one) => one.name)));
  return indexes.flatMap((one) => one.sql ?? []);
}

/**
 * Makes the indexes again. The cache is kept small meanwhile: the pages that making them reads push
 * out those that wait to be written, which the commit would otherwise write in one go.
 */
export async function makeIndexes(
  db: Writable,
  indexes: readonly string[],
  breathe: () => Promise<void>,
): Promise<void> {
  const usual = Number(db.pragma("cache_size", { simple: true }));
  db.pragma("cache_size = -2000");
  try {
    for (const index of indexes) {
      db.exec(index);
      await breathe();
    }
  } finally {
    db.pragma(`cache_size = ${usual}`);
  }
}

function tablesOf(row: ProjectionRow): readonly string[] {
  return namesSchema.parse(JSON.parse(row.tables));
}

function objects(db: Readable): readonly SchemaObject[] {
  return schemaObjects(db)
    .all()
    .filter((one) => one.sql !== null);
}

/** Virtual tables go before ordinary ones, since they take their shadow tables with them. */
function drop(db: Writable, made: ReadonlySet<string>): void {
  const present = objects(db).filter((one) => made.has(one.name));
  const inOrder = present.toSorted((a, b) => dropRank(a) - dropRank(b));
  for (const one of inOrder) db.exec(`DROP ${one.type} IF EXISTS ${quoted(one)}`);
}

function quoted({ name }: { readonly name: string }): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function dropRank(one: SchemaObject): number {
  if (one.type === "trigger") return 0;
  if (one.type === "view") return 1;
  if (one.type === "index") return 2;
  return isVirtual(one) ? 3 : 4;
}

function isVirtual({ sql }: SchemaObject): boolean {
  return sql?.toUpperCase().startsWith("CREATE VIRTUAL") === true;
}
