/** Which tables the projections made, with which version, and how they are made anew. */
import { z } from "zod";
import type { Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "./projector.ts";

/** What a projector and the record fold have in common. */
export type ProjectionPart = Omit<Projector, "project">;

type ProjectionRow = { readonly name: string; readonly version: number; readonly tables: string };
type SchemaObject = { readonly type: string; readonly name: string; readonly sql: string | null };

const projectionRow = statement<[name: string], ProjectionRow>(
  "SELECT name, version, tables FROM projection WHERE name = ?",
);
const projectionRows = statement<[], ProjectionRow>("SELECT name, version, tables FROM projection");
const forgetProjections = statement<[]>("DELETE FROM projection");
const noteProjection = statement<[name: string, version: number, tables: string]>(
  "INSERT INTO projection (name, version, tables) VALUES (?, ?, ?)",
);
const setVersion = statement<[version: number, name: string]>(
  "UPDATE projection SET version = ? WHERE name = ?",
);
const schemaObjects = statement<[], SchemaObject>("SELECT type, name, sql FROM sqlite_schema");

const namesSchema = z.array(z.string());

/** The version of tables that have been made but not filled: no projector has it. */
const unfilled = -1;

/** Whether the part's tables were filled by this very version. */
export function isCurrent(db: Readable, part: ProjectionPart): boolean {
  return projectionRow(db).get(part.name)?.version === part.version;
}

/** Drops whatever any projection ever made here, and makes the tables of all parts, empty. */
export function makeAnew(db: Writable, parts: readonly ProjectionPart[]): void {
  drop(db, new Set(namesMade(db)));
  forgetProjections(db).run();
  for (const part of parts) {
    const before = new Set(objects(db).map((one) => one.name));
    db.exec(part.schema);
    const added = objects(db).filter((one) => !before.has(one.name));
    const names = JSON.stringify(added.map((one) => one.name));
    noteProjection(db).run(part.name, unfilled, names);
  }
}

/** Notes that the tables of all parts say what the log says. */
export function markCurrent(db: Writable, parts: readonly ProjectionPart[]): void {
  for (const part of parts) setVersion(db).run(part.version, part.name);
}

/**
 * Drops the indexes of all projections' tables and answers the SQL that makes them again: a fold of
 * everything visits each row by its key, and an index is made much faster than it is kept up.
 */
export function dropIndexes(db: Writable): readonly string[] {
  const made = new Set(namesMade(db));
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

function namesMade(db: Readable): readonly string[] {
  return projectionRows(db)
    .all()
    .flatMap((row) => namesSchema.parse(JSON.parse(row.tables)));
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
  for (const one of inOrder)
    db.exec(`DROP ${one.type} IF EXISTS "${one.name.replaceAll('"', '""')}"`);
}

function dropRank(one: SchemaObject): number {
  if (one.type === "trigger") return 0;
  if (one.type === "view") return 1;
  if (one.type === "index") return 2;
  return one.sql?.toUpperCase().startsWith("CREATE VIRTUAL") === true ? 3 : 4;
}
