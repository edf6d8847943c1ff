/** Which records of a list are ticked. They stay ticked while the list scrolls and is filtered. */
import { useState } from "react";
import type { RecordId } from "#shared/domain/ids.ts";
import { client } from "#renderer/platform/api.ts";
import type { RecordFilter } from "./use-record-pages.ts";

export type Selection = {
  readonly ids: ReadonlySet<RecordId>;
  readonly toggle: (ids: readonly RecordId[], on: boolean) => void;
  readonly clear: () => void;
};

/** One command takes at most this many records. */
export const selectionLimit = 10_000;

/** The selection of one list; empty in the beginning. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<RecordId>>(new Set());
  return {
    ids,
    toggle: (changed, on) => {
      setIds((now) => {
        const next = new Set(now);
        for (const id of changed) {
          if (on && next.size < selectionLimit) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    },
    clear: () => setIds(new Set()),
  };
}

/** The ids of all records that match, as many as one command takes. */
export async function matchingIds(filter: RecordFilter): Promise<readonly RecordId[]> {
  const ids: RecordId[] = [];
  for (;;) {
    const page = await client.records.list({ ...filter, offset: ids.length, limit: 1000 });
    ids.push(...page.records.map((record) => record.id));
    if (page.records.length === 0 || ids.length >= Math.min(page.total, selectionLimit)) return ids;
  }
}
