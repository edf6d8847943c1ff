/** Settings of this device, and which records were opened lately: rows that are in no log. */
import type Sqlite from "better-sqlite3";
import { defaultSettings, type Settings, settingsSchema } from "#shared/contract/workspace.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { statement } from "../db/statement.ts";

const settingRows = statement<[], { readonly name: string; readonly value: string }>(
  "SELECT name, value FROM setting",
);
const setSetting = statement<[name: string, value: string]>(
  "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
);
const noteOpened = statement<[record: string, at: number]>(
  "INSERT INTO recent (record_id, opened_at) VALUES (?, ?) ON CONFLICT (record_id) DO UPDATE SET opened_at = excluded.opened_at",
);
const forgetOldest = statement<[kept: number]>(
  "DELETE FROM recent WHERE opened_at < (SELECT opened_at FROM recent ORDER BY opened_at DESC LIMIT 1 OFFSET ?)",
);

/** How many opened records are remembered: more than any list of recent ones shows. */
const keptRecent = 500;

/** The settings; one that a newer version wrote in its own way counts as not set. */
export function readSettings(local: Sqlite.Database): Settings {
  let settings = defaultSettings;
  for (const { name, value } of settingRows(local).all()) {
    const parsed = settingsSchema().safeParse({ ...settings, [name]: JSON.parse(value) });
    if (parsed.success) settings = parsed.data;
  }
  return settings;
}

/** Writes the named settings, all or none. */
export function writeSettings(
  local: Sqlite.Database,
  changes: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Settings {
  local.transaction(() => {
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) setSetting(local).run(name, JSON.stringify(value));
    }
  })();
  return readSettings(local);
}

/** Remembers that a record was opened, at milliseconds since 1970. */
export function noteRecent(local: Sqlite.Database, record: RecordId, at: number): void {
  noteOpened(local).run(record, at);
  forgetOldest(local).run(keptRecent);
}
