/** Records in groups, a group for each day on which they changed, in the reader's own time zone. */
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { lazily } from "#shared/rpc/define.ts";

export type Day<R> = { readonly day: string; readonly records: readonly R[] };

const dayName = lazily(
  () => new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long" }),
);
const dayOfYear = lazily(() => new Intl.DateTimeFormat("en", { dateStyle: "long" }));

/** The records in their order; days that are near are called as people call them. */
export function byDay<R extends Pick<RecordSummary, "updatedAt">>(
  records: readonly R[],
  now: Date,
): readonly Day<R>[] {
  const days = Map.groupBy(records, (record) => nameOf(new Date(record.updatedAt), now));
  return [...days].map(([day, ofDay]) => ({ day, records: ofDay }));
}

function nameOf(at: Date, now: Date): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (at.toDateString() === now.toDateString()) return "Today";
  if (at.toDateString() === yesterday.toDateString()) return "Yesterday";
  return (at.getFullYear() === now.getFullYear() ? dayName() : dayOfYear()).format(at);
}
