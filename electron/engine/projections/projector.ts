/** What a projection of the log is: tables that can be dropped and folded again with the same result. */
import type { Json } from "#shared/domain/json.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { MarkdownExtract } from "#shared/markdown/extract.ts";
import type { Readable, Writable } from "../db/database.ts";

/** A record as the projectors see it, after the changes of one transaction were folded in. */
export type ProjectedRecord = {
  readonly id: RecordId;
  readonly type: string;
  readonly title: string;
  readonly status: string | null;
  readonly departmentId: string | null;
  readonly ownerId: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: RecordId;
  readonly updatedBy: RecordId;
  /** Null while the record is not in the trash. */
  readonly removedAt: string | null;
  readonly revision: number;
  /** Every field but `body`, in the shape of the contract's `recordSchema.fields`. */
  readonly fields: Readonly<Record<string, Json>>;
  readonly body: string;
  /** Whether several people's writes stand side by side somewhere, mergeable texts included. */
  readonly contested: () => boolean;
  /** What the body's Markdown holds; computed on the first call, then kept. */
  readonly extract: () => MarkdownExtract;
};

export type Projector = {
  readonly name: string;
  /** Raise it when the tables or the folding change: the tables are then made anew at the next start. */
  readonly version: number;
  /**
   * Whether its tables may lag behind the records without harm. Such ones are filled beside everything
   * else, the newest record first, in many short transactions that make room for whoever writes: what
   * was reached is answered, and a start after a kill goes on from there. The others are filled at
   * once, and what needs them waits. `lagOf` in projection-tables.ts tells how far it is.
   */
  readonly mayLag?: boolean;
  /** `CREATE TABLE IF NOT EXISTS …` for all of its tables, STRICT. */
  readonly schema: string;
  /** The tables whose rows a check compares after a rebuild. */
  readonly tables: readonly string[];
  /** Empties all of its tables. */
  readonly clear: (db: Writable) => void;
  /** Brings its rows up to the record's state; called again for every later state of the record. */
  readonly project: (db: Writable, record: ProjectedRecord) => void;
  /**
   * Takes out all that it has of a record of which no change stands any more. A projector without it
   * is shown an empty record in the trash instead, which is enough for one that keeps nothing of such.
   */
  readonly forget?: (db: Writable, id: RecordId) => void;
  /**
   * Called between the records of a long series, to write what waits in memory once it is worth it.
   * Yields as `finish` does.
   */
  readonly relieve?: (db: Writable) => Iterable<unknown>;
  /**
   * What is cheaper in bulk, at the end of a transaction or a rebuild. It yields between pieces of
   * work of a few milliseconds, so that others can be answered; run it to its end.
   */
  readonly finish?: (db: Writable) => Iterable<unknown>;
  /** Rows in an order of its own choice, for the comparison; default: every column in row order. */
  readonly dump?: (db: Readable) => Iterable<string>;
};
