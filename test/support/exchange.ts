/** Lets two workspaces learn each other's changes, as a shared folder would bring them. */
import type { Change } from "#shared/domain/change.ts";
import { insertForeignChanges } from "./foreign-changes.ts";
import type { TestRecords } from "./test-records.ts";

/** Brings to `to` whatever `from` has and `to` has not. */
export async function send(from: TestRecords, to: TestRecords): Promise<void> {
  const { databases, log } = to.foundation;
  const known = new Set([...log.all(databases.read)].map((change) => change.id));
  const news: readonly Change[] = [
    ...from.foundation.log.all(from.foundation.databases.read),
  ].filter((change) => !known.has(change.id));
  await databases.queue.run((db) => {
    insertForeignChanges(db, news);
    to.projections.apply(db, news);
  });
}

/** Both know everything afterwards. */
export async function meet(one: TestRecords, other: TestRecords): Promise<void> {
  await send(one, other);
  await send(other, one);
}
