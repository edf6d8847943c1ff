/** What a device holds and shows, read from its own file, for comparing devices. */
import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Device } from "./device.ts";

/** The changes in its log by place and chain, so that branches of a fork differ. */
export function logOf(device: Device): ReadonlySet<string> {
  return device.look((db) => {
    const ids = db
      .prepare<[], string>(
        "SELECT device || '-' || incarnation || '-' || sequence || '-' || hex(chain) FROM change_log",
      )
      .pluck()
      .all();
    return new Set(ids);
  });
}

/** A short word that is the same for the same log. */
export function logDigest(device: Device): string {
  return digest([...logOf(device)].toSorted());
}

/** The changes whose values a field of a record has now; several where it is contested. */
export function headsOf(db: Database, record: RecordId, field: string): readonly string[] {
  const state = db
    .prepare<[string], string>("SELECT state FROM record WHERE id = ?")
    .pluck()
    .get(record);
  if (state === undefined) return [];
  const heads: readonly { change: string }[] = JSON.parse(state).registers[field] ?? [];
  return heads.map(({ change }) => change);
}

const shown = ["record", "record_text", "text_version", "tag", "reference", "refusal"] as const;

/** A short word for each table of what is shown. */
export function shownDigests(device: Device): Readonly<Record<string, string>> {
  return device.look((db) => {
    const digests = shown.map((table) => [table, digest(rowsOf(db, table))] as const);
    return Object.fromEntries(digests);
  });
}

/** The lines of two devices that only one of them has. */
export function differences(one: Device, other: Device): readonly string[] {
  return shown.flatMap((table) => {
    const [a, b] = [one, other].map((device) => new Set(device.look((db) => rowsOf(db, table))));
    const only = (
      from: ReadonlySet<string> = new Set(),
      than: ReadonlySet<string> = new Set(),
      name = "",
    ) => [...from].filter((line) => !than.has(line)).map((line) => `${name} ${table} ${line}`);
    return [...only(a, b, one.name), ...only(b, a, other.name)];
  });
}

function rowsOf(db: Database, table: string): readonly string[] {
  return db
    .prepare(`SELECT * FROM ${table}`)
    .all()
    .map((row) => JSON.stringify(row))
    .toSorted();
}

function digest(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
