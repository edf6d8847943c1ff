/**
 * The report of an import or of its dry run: counts that add up to what was found, and behind each
 * of them the files it stands for, with plain reasons.
 */
import { type ReactElement, type ReactNode, useMemo, useState } from "react";
import { type Tab, Tabs } from "#renderer/ui/tabs.tsx";
import { VirtualList } from "#renderer/ui/virtual-list.tsx";
import type { ImportReport } from "#shared/contract/transfers.ts";
import { NearAll, type NearChoices, NearRow } from "./near-list.tsx";
import { PreviewListRow, type PreviewRow, previewRows } from "./preview-list.tsx";
import { duration } from "./report-words.ts";
import styles from "./report-view.module.css";

export type ReportViewProps = {
  readonly report: ImportReport;
  /** Given before an import, when near duplicates can still be left out. */
  readonly near?: NearChoices;
};

/** Counts, and the lists behind them. */
export function ReportView({ report, near }: ReportViewProps): ReactElement {
  return (
    <section className={styles.report} aria-label={report.dryRun ? "Dry run" : "Import report"}>
      <div>
        <Counts report={report} />
        <p className={styles.took}>
          {report.dryRun ? "Looked at" : "Imported"} in {duration(report.ms)}.
        </p>
      </div>
      <Lists report={report} near={near} />
    </section>
  );
}

function Counts({ report }: { readonly report: ImportReport }): ReactElement {
  const counts = [
    ["Files found", report.found],
    ["New", report.created],
    ["Updated", report.updated],
    ["Unchanged", report.unchanged],
    ["Duplicates", report.duplicates],
    ["Left out", report.skipped.length],
    ["Failed", report.failed.length],
    ["Records", report.records],
    ["Images and files", report.attachments],
    ["Other files", report.otherFiles],
  ] as const;
  return (
    <dl className={styles.counts}>
      {counts.map(([label, value]) => (
        <div key={label} className={value === 0 ? styles.zero : undefined}>
          <dt>{label}</dt>
          <dd>{value.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

type ListName =
  | "preview"
  | "links"
  | "images"
  | "duplicates"
  | "near"
  | "skipped"
  | "failed"
  | "notes";
type List = {
  readonly tab: Tab<ListName>;
  readonly row: (index: number) => ReactNode;
  /** How many rows there are, where that is not the tab's count. */
  readonly rows?: number;
  /** What stands above the rows. */
  readonly head?: ReactNode;
};
type ListsProps = { readonly report: ImportReport; readonly near: NearChoices | undefined };

function Lists({ report, near }: ListsProps): ReactElement | null {
  const preview = useMemo(() => previewRows(report.preview), [report.preview]);
  const lists = listsOf({ report, near, preview }).filter(({ tab }) => (tab.count ?? 0) > 0);
  const [chosen, setChosen] = useState<ListName>("preview");
  const shown = lists.find(({ tab }) => tab.value === chosen) ?? lists[0];
  if (shown === undefined) return null;
  return (
    <Tabs
      label="What is behind the counts"
      value={shown.tab.value}
      onChange={setChosen}
      tabs={lists.map(({ tab }) => tab)}
    >
      {shown.head}
      <div className={styles.list}>
        <VirtualList
          key={shown.tab.value}
          label={shown.tab.label}
          count={shown.rows ?? shown.tab.count ?? 0}
          estimateSize={40}
          renderRow={shown.row}
        />
      </div>
    </Tabs>
  );
}

type Shown = ListsProps & { readonly preview: readonly PreviewRow[] };

function listsOf({ report, near, preview }: Shown): readonly List[] {
  const pairs = (
    value: ListName,
    label: string,
    rows: readonly { readonly path: string; readonly about: ReactNode }[],
  ): List => ({
    tab: { value, label, count: rows.length },
    row: (index) => {
      const row = rows[index];
      return row === undefined ? null : <PathRow path={row.path}>{row.about}</PathRow>;
    },
  });
  const targets = (rows: readonly { readonly path: string; readonly target: string }[]) =>
    rows.map(({ path, target }) => ({ path, about: <code>{target}</code> }));
  const reasons = (rows: readonly { readonly path: string; readonly reason: string }[]) =>
    rows.map(({ path, reason }) => ({ path, about: reason }));
  return [
    {
      tab: {
        value: "preview",
        label:
          report.records > report.preview.length && report.preview.length > 0
            ? "The first records"
            : "Records",
        count: report.preview.length,
      },
      row: (index) => <PreviewListRow row={preview[index]} />,
      rows: preview.length,
    },
    pairs("failed", "Failed", reasons(report.failed)),
    pairs("skipped", "Left out", reasons(report.skipped)),
    pairs("notes", "Remarks", reasons(report.notes)),
    pairs("links", "Links that lead nowhere", targets(report.unresolvedLinks)),
    pairs("images", "Missing images", targets(report.missingImages)),
    pairs(
      "duplicates",
      "Duplicates",
      report.duplicateFiles.map(({ path, sameAs }) => ({
        path,
        about: <>the same text as {sameAs}</>,
      })),
    ),
    {
      tab: { value: "near", label: "Near duplicates", count: report.nearDuplicates.length },
      head: near && <NearAll all={report.nearDuplicates} choices={near} />,
      row: (index) => <NearRow near={report.nearDuplicates[index]} choices={near} />,
    },
  ];
}

function PathRow(props: { readonly path: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.row}>
      <span className={styles.path} dir="auto">
        {props.path}
      </span>
      <span className={styles.about} dir="auto">
        {props.children}
      </span>
    </div>
  );
}
