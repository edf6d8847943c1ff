/** Collects what happened to each file, so that what came in and what is told add up. */
import type { ImportReport } from "#shared/contract/transfers.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Refused } from "../source/source.ts";

export type Outcome = "created" | "updated" | "unchanged" | "duplicate";

type Preview = ImportReport["preview"][number];

export type ReportBuilder = {
  /** Counts one file. */
  readonly count: (outcome: Outcome, preview?: Omit<Preview, "outcome">) => void;
  readonly refuse: (refused: Refused) => void;
  readonly note: (path: string, reason: string) => void;
  readonly unresolved: (path: string, target: string) => void;
  readonly missingImage: (path: string, target: string) => void;
  readonly sameAs: (path: string, original: string) => void;
  readonly near: (path: string, like: string, score: number) => void;
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

const longestPreview = 200;

export function createReport(): ReportBuilder {
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
    count: (outcome, preview) => {
      counts[outcome] += 1;
      if (preview === undefined || lists.preview.length >= longestPreview) return;
      lists.preview.push({ ...preview, outcome });
    },
    refuse: ({ outcome, path, reason }) => lists[outcome].push({ path, reason }),
    note: (path, reason) => lists.notes.push({ path, reason }),
    unresolved: (path, target) => lists.unresolvedLinks.push({ path, target }),
    missingImage: (path, target) => lists.missingImages.push({ path, target }),
    sameAs: (path, sameAs) => lists.duplicateFiles.push({ path, sameAs }),
    near: (path, like, score) =>
      lists.nearDuplicates.push({ path, like, score: Math.round(score * 100) / 100 }),
    build: (end) => {
      const { duplicate, ...told } = counts;
      const sum = Object.values(counts).reduce((total, count) => total + count, 0);
      const found = sum + lists.skipped.length + lists.failed.length;
      return { found, ...told, duplicates: duplicate, ...lists, ...end };
    },
  };
}
