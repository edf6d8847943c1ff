/** What an import or an export came to, in words. */
import type { ImportReport } from "#shared/contract/transfers.ts";

/** "1 record", "2 records". */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

/** The one sentence about an import: what is new, what changed, what needs a look. */
export function importSentence(report: ImportReport): string {
  const parts = [
    report.created > 0 && `${report.created.toLocaleString()} new`,
    report.updated > 0 && `${report.updated.toLocaleString()} updated`,
    report.unchanged > 0 && `${report.unchanged.toLocaleString()} unchanged`,
    report.duplicates > 0 && count(report.duplicates, "duplicate", "duplicates"),
    report.skipped.length > 0 && `${report.skipped.length.toLocaleString()} left out`,
    report.failed.length > 0 && `${report.failed.length.toLocaleString()} failed`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "nothing found to import" : parts.join(", ");
}

/** Milliseconds as a person says them. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms).toLocaleString()} ms`;
  return `${(ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
}

/** What an undo left alone. */
export function keptSentence(kept: number): string {
  return `${count(kept, "record was", "records were")} kept, because somebody has written there since.`;
}
