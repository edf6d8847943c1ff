/** Where this device exports the handbook to, and whether it keeps it up to date: rows of no log. */
import type Sqlite from "better-sqlite3";
import { z } from "zod";
import { statement } from "../db/statement.ts";

const settingSchema = z.object({
  folder: z.string().nullable().catch(null),
  automatic: z.boolean().catch(false),
  /** Milliseconds since 1970; null before the first export. */
  refreshedAt: z.number().nullable().catch(null),
  /** What kept the last refresh from going through. */
  problem: z.string().nullable().catch(null),
});
export type HandbookSetting = z.infer<typeof settingSchema>;

const valueOf = statement<[name: string], { readonly value: string }>(
  "SELECT value FROM setting WHERE name = ?",
);
const setValue = statement<[name: string, value: string]>(
  "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
);
const none: HandbookSetting = { folder: null, automatic: false, refreshedAt: null, problem: null };

/** The setting of this device; no folder and no refreshing where none was made. */
export function readHandbookSetting(local: Sqlite.Database): HandbookSetting {
  const row = valueOf(local).get("handbook");
  return row === undefined ? none : settingSchema.catch(none).parse(JSON.parse(row.value));
}

/** Changes what is given and leaves the rest. */
export function changeHandbookSetting(
  local: Sqlite.Database,
  changes: Partial<HandbookSetting>,
): void {
  const changed = { ...readHandbookSetting(local), ...changes };
  setValue(local).run("handbook", JSON.stringify(changed));
}
