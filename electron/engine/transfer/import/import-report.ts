/** Collects what happened to each file, so that what came in and what is told add up. */
import type { ImportReport } from "#shared/contract/transfers.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Refused } from "../source/source.ts";

export type Outcome = "created" | "updated" | "unchanged" | "duplicate";

type Preview = ImportReport["preview"][number];

export type ReportBuilder = {
  /** Counts one file; each line of its preview may have an outcome of its own. */
  readonly count: (
    outcome: Outcome,
    preview?: readonly (Omit<Preview, "outcome"> & { readonly outcome?: Outcome })[],
  ) => void;
  readonly refuse: (refused: Refused) => void;
  readonly note: (path: string, reason: string) => void;
  readonly unresolved: (path: string, target: string) => void;
  readonly missingImage: (path: string, target: string) => void;
  readonly sameAs: (path: string, original: string) => void;
  readonly near: (near: ImportReport["nearDuplicates"][number]) => void;
  readonly build: (
    end: Pick<
      ImportReport,
      "attachments" | "otherFiles" | "records" | "ms" | "dryRun" | "cancelled"
    > & { readonly action: RecordId | null },
  ) => ImportReport;
};

type Lists = Pick<
  ImportReport,
  | "skipped"
  | "failed"
  | "unresolvedLinks"
  | "missingImages"
  | "duplicateFiles"
  | "nearDuplicates"
  | "notes"
  | "preview"
>;

/** A dry run shows every record of 10,000 files; what was imported is there to be looked at. */
const longestPreview = { dry: 20_000, wet: 200 };

/** An empty report; that of a dry run lists more, because it is there to be read. */
export function createReport({
  dryRun = false,
}: { readonly dryRun?: boolean } = {}): ReportBuilder {
  const most = dryRun ? longestPreview.dry : longestPreview.wet;
  const counts = { created: 0, updated: 0, unchanged: 0, duplicate: 0 };
  const lists: Lists = {
    skipped: [],
    failed: [],
    unresolvedLinks: [],
    missingImages: [],
    duplicateFiles: [],
    nearDuplicates: [],
    notes: [],
    preview: [],
  };
  return {
    count: (outcome, preview = []) => {
      counts[outcome] += 1;
      const room = Math.max(0, most - lists.preview.length);
      lists.preview.push(...preview.slice(0, room).map((line) => ({ outcome, ...line })));
    },
    refuse: ({ outcome, path, reason }) => lists[outcome].push({ path, reason }),
    note: (path, reason) => lists.notes.push({ path, reason }),
    unresolved: (path, target) => lists.unresolvedLinks.push({ path, target }),
    missingImage: (path, target) => lists.missingImages.push({ path, target }),
    sameAs: (path, sameAs) => lists.duplicateFiles.push({ path, sameAs }),
    near: (near) =>
      lists.nearDuplicates.push({ ...near, score: Math.round(near.score * 100) / 100 }),
    build: (end) => {
      const { duplicate, ...told } = counts;
      const sum = Object.values(counts).reduce((total, count) => total + count, 0);
      const found = sum + lists.skipped.length + lists.failed.length;
      return { found, ...told, duplicates: duplicate, ...lists, ...end };
    },
  };
}
