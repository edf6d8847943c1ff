/**
 * The report of an import or of its dry run: counts that add up to what was found, and behind each
 * of them the files it stands for, with plain reasons.
 */
import { type ReactElement, type ReactNode, useState } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import type { Tone } from "#renderer/ui/notice.tsx";
import { type Tab, Tabs } from "#renderer/ui/tabs.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import { VirtualList } from "#renderer/ui/virtual-list.tsx";
import type { ImportReport } from "#shared/contract/transfers.ts";
import { duration } from "./report-words.ts";
import styles from "./report-view.module.css";

/** Counts, and the lists behind them. */
export function ReportView({ report }: { readonly report: ImportReport }): ReactElement {
  return (
    <section className={styles.report} aria-label={report.dryRun ? "Dry run" : "Import report"}>
      <div>
        <Counts report={report} />
        <p className={styles.took}>
          {report.dryRun ? "Looked at" : "Imported"} in {duration(report.ms)}.
        </p>
      </div>
      <Lists report={report} />
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

const outcomeTones: Readonly<Record<ImportReport["preview"][number]["outcome"], Tone | "plain">> = {
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
};

function Lists({ report }: { readonly report: ImportReport }): ReactElement | null {
  const lists = listsOf(report).filter(({ tab }) => (tab.count ?? 0) > 0);
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
      <div className={styles.list}>
        <VirtualList
          key={shown.tab.value}
          label={shown.tab.label}
          count={shown.tab.count ?? 0}
          estimateSize={40}
          renderRow={shown.row}
        />
      </div>
    </Tabs>
  );
}

function listsOf(report: ImportReport): readonly List[] {
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
      row: (index) => <PreviewRow row={report.preview[index]} />,
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
    pairs(
      "near",
      "Near duplicates",
      report.nearDuplicates.map(({ path, like, score }) => ({
        path,
        about: (
          <>
            {Math.round(score * 100)} % like {like}
          </>
        ),
      })),
    ),
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

type PreviewRowProps = { readonly row: ImportReport["preview"][number] | undefined };

function PreviewRow({ row }: PreviewRowProps): ReactElement | null {
  if (row === undefined) return null;
  return (
    <div className={styles.preview}>
      <TypeIcon type={row.type} label={row.type} />
      <span className={styles.title} dir="auto">
        {row.title}
      </span>
      <span className={styles.path} dir="auto">
        {row.path}
      </span>
      <span className={styles.tags} dir="auto">
        {row.tags.join(", ")}
      </span>
      <Badge tone={outcomeTones[row.outcome]}>{outcomeWords[row.outcome]}</Badge>
    </div>
  );
}
