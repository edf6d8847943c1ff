/** Tells screens which records were written. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { ChangeDraft } from "../log/change-log.ts";

/** More ids than this are not named in the announcement. */
const mostNamed = 100;

export type Touched = Pick<ChangeDraft, "record" | "type">;

/** What is told of a draft once it is written. */
export function touchedBy({ record, type }: ChangeDraft): Touched {
  return { record, type };
}

/** Announces `records.changed`, unless nothing was. */
export function announce(
  { emit }: { readonly emit: GuildhallEmit },
  touched: readonly Touched[],
): void {
  if (touched.length === 0) return;
  const ids = [...new Set(touched.map((one) => one.record))];
  const types = [...new Set(touched.map((one) => one.type))];
  emit("records.changed", { ids: ids.length > mostNamed ? null : ids, types });
}
