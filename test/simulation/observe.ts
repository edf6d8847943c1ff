/** What a device holds and shows, read from its own file, for comparing devices. */
import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { deviceIdOf } from "#engine/identity/identity.ts";
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

/** The device that wrote the change. */
export function writerOf(change: string): string {
  return change.slice(0, change.indexOf("-"));
}

/**
 * The devices that it knows as admitted, removed ones too. Somebody may hold changes of another one:
 * they came before it was heard that whoever admitted it no longer could. They count nowhere, and
 * nobody passes them on.
 */
export async function admittedAt(device: Device): Promise<ReadonlySet<string>> {
  const answer = await device.ask((app) => app.sharing.members({}));
  const members = answer.kind === "done" ? answer.value : [];
  const admitted = new Set<string>(members.flatMap((one) => one.devices.map(({ id }) => id)));
  const founder = device.look((db) =>
    db.prepare<[], Uint8Array>("SELECT root_key FROM library").pluck().get(),
  );
  if (founder !== undefined) admitted.add(deviceIdOf(nodeCryptography, founder));
  return admitted;
}

/** A device, and whose changes count there. */
export type Seen = { readonly device: Device; readonly admitted: ReadonlySet<string> };

/** A short word that is the same for the same log of those who are admitted. */
export function logDigest({ device, admitted }: Seen): string {
  const changes = [...logOf(device)].filter((change) => admitted.has(writerOf(change)));
  return digest(changes.toSorted());
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
export function shownDigests({ device, admitted }: Seen): Readonly<Record<string, string>> {
  return device.look((db) => {
    const digests = shown.map((table) => [table, digest(rowsOf(db, table, admitted))] as const);
    return Object.fromEntries(digests);
  });
}

/** The lines of two devices that only one of them has. */
export function differences(one: Seen, other: Seen): readonly string[] {
  return shown.flatMap((table) => {
    const [a, b] = [one, other].map(
      ({ device, admitted }) => new Set(device.look((db) => rowsOf(db, table, admitted))),
    );
    const only = (
      from: ReadonlySet<string> = new Set(),
      than: ReadonlySet<string> = new Set(),
      name = "",
    ) => [...from].filter((line) => !than.has(line)).map((line) => `${name} ${table} ${line}`);
    return [...only(a, b, one.device.name), ...only(b, a, other.device.name)];
  });
}

function rowsOf(db: Database, table: string, admitted: ReadonlySet<string>): readonly string[] {
  return db
    .prepare<[], Readonly<Record<string, unknown>>>(`SELECT * FROM ${table}`)
    .all()
    .filter((row) => table !== "refusal" || admitted.has(String(row["device"])))
    .map((row) => JSON.stringify(row))
    .toSorted();
}

function digest(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
