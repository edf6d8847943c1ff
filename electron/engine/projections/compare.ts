/** Compares live projections with a fresh fold of the same log, table by table. */
import { hash } from "node:crypto";
import Sqlite from "better-sqlite3";
import type { Readable, Writable } from "../db/database.ts";
import type { JobControl } from "../jobs/job-runner.ts";
import type { ProjectionPart } from "./projection-tables.ts";

type Comparison = {
  readonly live: Readable;
  readonly parts: readonly ProjectionPart[];
  readonly control: JobControl;
  readonly foldInto: (fresh: Writable) => Promise<unknown>;
};

/** One sentence for each table that differs. Give it a snapshot: it reads the live tables for long. */
export async function compareProjections(comparison: Comparison): Promise<readonly string[]> {
  const { live, parts, control } = comparison;
  const fresh = openTemporary();
  try {
    for (const part of parts) fresh.exec(part.schema);
    dropAllIndexes(fresh);
    fresh.exec("BEGIN");
    await comparison.foldInto(fresh);
    fresh.exec("COMMIT");
    const problems: string[] = [];
    for (const part of parts) {
      for (const source of sourcesOf(part)) {
        control.report({ done: 0, total: null, step: "Comparing" });
        const [here, there] = [
          await digest(source.lines(live), control),
          await digest(source.lines(fresh), control),
        ];
        if (here.sum === there.sum && here.rows === there.rows) continue;
        problems.push(
          `What is stored in "${source.name}" (${here.rows} rows) is not what the log says (${there.rows} rows). A rebuild mends it.`,
        );
      }
    }
    return problems;
  } finally {
    fresh.close();
  }
}

/** A database without a name lies in a temporary file that vanishes when it is closed. */
function openTemporary(): Writable {
  const db = new Sqlite("");
  db.pragma("synchronous = OFF");
  db.pragma("journal_mode = OFF");
  return Object.assign(db, { readable: true as const, writable: true as const });
}

/** Nothing looks anything up here but by its key. */
function dropAllIndexes(fresh: Writable): void {
  const indexes = fresh
    .prepare<[], { readonly name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all();
  for (const { name } of indexes) fresh.exec(`DROP INDEX "${name}"`);
}

type Source = { readonly name: string; readonly lines: (db: Readable) => Iterable<string> };

function sourcesOf(part: ProjectionPart): readonly Source[] {
  const { dump } = part;
  if (dump !== undefined) return [{ name: part.name, lines: dump }];
  return part.tables.map((name) => ({ name, lines: (db) => rowsOf(db, name) }));
}

function* rowsOf(db: Readable, table: string): Iterable<string> {
  const rows = db.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`).raw(true);
  for (const row of rows.iterate()) yield JSON.stringify(row);
}

/**
 * The number of lines and the sum of their hashes: the same for the same lines in any order, since
 * rows lie in the order in which they were written.
 */
async function digest(
  lines: Iterable<string>,
  control: JobControl,
): Promise<{ readonly rows: number; readonly sum: string }> {
  const sum = new BigUint64Array(4);
  let rows = 0;
  for (const line of lines) {
    const digested = hash("sha256", line, "buffer");
    for (let word = 0; word < 4; word += 1) {
      sum[word] = (sum[word] ?? 0n) + digested.readBigUInt64LE(word * 8);
    }
    rows += 1;
    await control.breathe();
  }
  return { rows, sum: sum.join("-") };
}
