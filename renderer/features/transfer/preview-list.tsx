/** The records that an import would make or change, one line each, those of a file under its name. */
import type { ReactElement } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import type { Tone } from "#renderer/ui/notice.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { ImportReport } from "#shared/contract/transfers.ts";
import { count } from "./report-words.ts";
import styles from "./report-view.module.css";

type Line = ImportReport["preview"][number];

/** A file's name above its records, or a record; `within` when it stands under a file's name. */
export type PreviewRow =
  | { readonly kind: "file"; readonly path: string; readonly records: number }
  | { readonly kind: "record"; readonly line: Line; readonly within: boolean };

/** One row for each record; files of several records get a row of their own before them. */
export function previewRows(preview: readonly Line[]): readonly PreviewRow[] {
  const rows: PreviewRow[] = [];
  for (let start = 0, end = 0; start < preview.length; start = end) {
    const path = preview[start]?.path ?? "";
    end = start;
    while (preview[end]?.path === path) end += 1;
    const within = end - start > 1;
    if (within) rows.push({ kind: "file", path, records: end - start });
    for (const line of preview.slice(start, end)) rows.push({ kind: "record", line, within });
  }
  return rows;
}

const outcomeTones: Readonly<Record<Line["outcome"], Tone | "plain">> = {
  created: "good",
  updated: "info",
  unchanged: "plain",
  duplicate: "warn",
};
const outcomeWords = {
  created: "New",
  updated: "Updated",
  unchanged: "Unchanged",
  duplicate: "Duplicate",
} as const;

/** One row of the list. */
export function PreviewListRow({
  row,
}: {
  readonly row: PreviewRow | undefined;
}): ReactElement | null {
  if (row === undefined) return null;
  if (row.kind === "file") {
    return (
      <div className={styles.file}>
        <span className={styles.path} dir="auto">
          {row.path}
        </span>
        <span className={styles.about}>{count(row.records, "record", "records")}</span>
      </div>
    );
  }
  const { line, within } = row;
  return (
    <div className={styles.preview}>
      <TypeIcon type={line.type} label={line.type} />
      <span className={styles.title} dir="auto">
        {line.title}
      </span>
      <span className={styles.path} dir="auto">
        {within ? "" : line.path}
      </span>
      <span className={styles.tags} dir="auto">
        {line.tags.join(", ")}
      </span>
      <Badge tone={outcomeTones[line.outcome]}>{outcomeWords[line.outcome]}</Badge>
    </div>
  );
}
