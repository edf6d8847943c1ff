/** The versions that drafts began with, where changes have other names from now on. */
import type { Database } from "better-sqlite3";
import { type ChangeId, changeIdSchema } from "#shared/domain/ids.ts";
import { statement } from "../db/statement.ts";

const bases = statement<[], { readonly key: string; readonly base: string }>(
  "SELECT key, base FROM draft WHERE base IS NOT NULL",
);
const setBase = statement<[base: string, key: string]>("UPDATE draft SET base = ? WHERE key = ?");

/** Lets every draft begin where it began, by the new names. */
export function renameBases(local: Database, names: ReadonlyMap<ChangeId, ChangeId>): void {
  for (const { key, base } of bases(local).all()) {
    const renamed = names.get(changeIdSchema.parse(base));
    if (renamed !== undefined) setBase(local).run(renamed, key);
  }
}
