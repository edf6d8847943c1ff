/** What happened in the shared folder that somebody should know; the sentences are made when read. */
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";

const sentences = {
  emptied: (n: number) =>
    `Somebody emptied the shared folder. ${files(n)} put back from this device; nothing was lost.`,
  healed: (n: number) => `${files(n)} missing in the shared folder; this device put it all back.`,
  rolled_back: () =>
    "The shared folder went back to an earlier state. Nothing was lost here, and what is missing there is put back.",
  relayed: (n: number) => `${files(n)} had not reached somebody; this device passed on a copy.`,
  library_restored: () =>
    "LIBRARY.json was missing or damaged in the shared folder and was put back.",
  over_budget: (n: number) =>
    `A device put more than ${String(n)} MB into the folder in one day. The rest is read tomorrow.`,
} as const;

export type FolderEventKind = keyof typeof sentences;

const insert = statement<[at: number, kind: string, amount: number]>(
  "INSERT INTO folder_event (at, kind, amount) VALUES (?, ?, ?)",
);
const latest = statement<
  [limit: number],
  { readonly position: number; readonly at: number; readonly kind: string; readonly amount: number }
>("SELECT position, at, kind, amount FROM folder_event ORDER BY position DESC LIMIT ?");
const addTo = statement<[amount: number, at: number, position: number]>(
  "UPDATE folder_event SET amount = amount + ?, at = ? WHERE position = ?",
);

/** Events of one kind within this time are one event. */
const together = 60 * 60 * 1000;

/** Notes what happened; a further one of the same kind soon after adds to it. */
export function noteEvent(
  db: Writable,
  event: { readonly at: number; readonly kind: FolderEventKind; readonly amount: number },
): void {
  const last = latest(db).get(1);
  if (last?.kind === event.kind && event.at - last.at < together) {
    addTo(db).run(event.kind === "over_budget" ? 0 : event.amount, event.at, last.position);
  } else {
    insert(db).run(event.at, event.kind, event.amount);
  }
}

/** The newest events, newest first. */
export function readEvents(
  db: Readable,
  limit: number,
): readonly { readonly at: string; readonly sentence: string }[] {
  return latest(db)
    .all(limit)
    .flatMap(({ at, kind, amount }) => {
      const known = isKind(kind);
      return known ? [{ at: new Date(at).toISOString(), sentence: sentences[kind](amount) }] : [];
    });
}

function isKind(kind: string): kind is FolderEventKind {
  return kind in sentences;
}

function files(n: number): string {
  return n === 1 ? "One file was" : `${String(n)} files were`;
}
