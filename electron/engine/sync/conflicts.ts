/**
 * The records of which somebody has to choose. Texts that several wrote can often be merged, which
 * only reading them tells; so a record is read once as it stands, and the number costs little.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import type { RecordStore } from "../records/record-store.ts";
import { type Contested, contestedRecords } from "./conflict-table.ts";

type Dependencies = {
  readonly read: Readable;
  readonly store: Pick<RecordStore, "get">;
};

/** The most records in conflict that are told. */
const mostConflicts = 500;

/** Builds the list, the newest first, and the count. */
export function createConflicts({ read, store }: Dependencies) {
  let known = new Map<RecordId, { readonly state: string; readonly open: boolean }>();

  function isOpen({ id, state }: Contested): boolean {
    const before = known.get(id);
    if (before?.state === state) return before.open;
    return (store.get(id)?.conflicts.length ?? 0) > 0;
  }

  function count(): number {
    const now = contestedRecords(read, mostConflicts).map((one) => ({ ...one, open: isOpen(one) }));
    known = new Map(now.map((one) => [one.id, one]));
    return now.filter(({ open }) => open).length;
  }

  function list() {
    return contestedRecords(read, mostConflicts).flatMap(({ id }) => {
      const record = store.get(id);
      if (record === undefined || record.conflicts.length === 0) return [];
      const values = record.conflicts.flatMap((conflict) => conflict.values);
      return [
        {
          id,
          type: record.type,
          title: record.title,
          paths: record.conflicts.map((conflict) => conflict.path),
          people: [...new Set(values.map(({ by }) => by?.title ?? "").filter(Boolean))],
          at: record.updatedAt,
        },
      ];
    });
  }

  return { count, list };
}
