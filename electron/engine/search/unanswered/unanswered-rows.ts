/** The rows behind searches without an answer: in local.db, so they leave this device in no way. */
import type Sqlite from "better-sqlite3";
import { statement } from "../../db/statement.ts";

export type UnansweredRow = {
  /** The folded words, which the same search has whatever its case and spaces. */
  readonly words: string;
  /** As it was typed last. */
  readonly text: string;
  readonly count: number;
  /** How many of the times a request was told of. */
  readonly shared: number;
  /** Milliseconds since 1970, UTC. */
  readonly last_at: number;
};

export const allRows = statement<[], UnansweredRow>(
  "SELECT words, text, count, shared, last_at FROM unanswered_search ORDER BY count DESC, last_at DESC, words",
);
export const rowOf = statement<[words: string], UnansweredRow>(
  "SELECT words, text, count, shared, last_at FROM unanswered_search WHERE words = ?",
);
export const noteShared = statement<[words: string]>(
  "UPDATE unanswered_search SET shared = count WHERE words = ?",
);
const countOne = statement<[words: string, text: string, at: number]>(
  `INSERT INTO unanswered_search (words, text, count, last_at) VALUES (?, ?, 1, ?)
   ON CONFLICT (words) DO UPDATE SET count = count + 1, text = excluded.text, last_at = excluded.last_at`,
);
const forgetOne = statement<[words: string]>("DELETE FROM unanswered_search WHERE words = ?");
const forgetEvery = statement<[]>("DELETE FROM unanswered_search");
const forgetOldest = statement<[kept: number]>(
  "DELETE FROM unanswered_search WHERE words IN (SELECT words FROM unanswered_search ORDER BY last_at DESC LIMIT -1 OFFSET ?)",
);

/** Nobody goes through a longer list; what was asked longest ago makes room. */
const mostKept = 500;

/** Counts a search once more. */
export function countSearch(
  local: Sqlite.Database,
  { words, text, at }: { readonly words: string; readonly text: string; readonly at: number },
): void {
  countOne(local).run(words, text, at);
  forgetOldest(local).run(mostKept);
}

/** Forgets these, or all; answers how many there were. */
export function forgetSearches(local: Sqlite.Database, words?: readonly string[]): number {
  if (words === undefined) return forgetEvery(local).run().changes;
  return local.transaction(() =>
    words.reduce((sum, one) => sum + forgetOne(local).run(one).changes, 0),
  )();
}
