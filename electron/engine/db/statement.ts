/** SQL that is written once and prepared once for each connection. */
import type Sqlite from "better-sqlite3";

type Preparer = Pick<Sqlite.Database, "prepare">;

/** Gives the prepared statement of a connection. */
export type PreparedOn<Bind extends unknown[], Row> = {
  (db: Preparer): Sqlite.Statement<Bind, Row>;
  readonly sql: string;
};

const declared: string[] = [];

/** The SQL of every statement that loaded modules declare, so that a test can look at their plans. */
export function declaredStatements(): readonly string[] {
  return declared;
}

/**
 * Declares a statement at the top of a module: `const byId = statement<[string], Row>("SELECT …")`,
 * then `byId(db).get(id)`. Finish every `iterate` before the same statement is used again.
 */
export function statement<Bind extends unknown[], Row = unknown>(
  sql: string,
): PreparedOn<Bind, Row> {
  declared.push(sql);
  const prepared = new WeakMap<Preparer, Sqlite.Statement<Bind, Row>>();
  const on = (db: Preparer): Sqlite.Statement<Bind, Row> => {
    const known = prepared.get(db);
    if (known !== undefined) return known;
    const fresh = db.prepare<Bind, Row>(sql);
    prepared.set(db, fresh);
    return fresh;
  };
  return Object.assign(on, { sql });
}
