/** What the selection would become, under options that can be changed until it is right. */
import { type ReactElement, useCallback, useState } from "react";
import { ask } from "#renderer/platform/api.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Combobox, type ComboboxOption } from "#renderer/ui/combobox.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { importReportSchema, type ImportReport } from "#shared/contract/transfers.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import {
  type ImportOptions,
  chooseNear,
  type ImportSession,
  leaveImport,
  planImport,
  runImport,
} from "./import-session.ts";
import { ReportView } from "./report-view.tsx";
import { useJob } from "#renderer/platform/use-job.ts";
import styles from "./transfer.module.css";

type PlanStepProps = { readonly session: Extract<ImportSession, { readonly step: "plan" }> };

/** Options, dry run, and the button that imports. */
export function PlanStep({ session }: PlanStepProps): ReactElement {
  const { selection, options, job, failure, leftOut } = session;
  const dryRun = useJob(job, importReportSchema());
  const report = dryRun.state === "done" ? dryRun.report : null;
  return (
    <>
      <OptionsForm
        options={options}
        onChange={(next) => void planImport(selection, { ...options, ...next })}
      />
      <Actions>
        <ImportButton report={report} leftOut={leftOut} />
        <Button onClick={() => void leaveImport()}>Choose something else</Button>
      </Actions>
      {failure !== null && (
        <Notice tone="bad" title="It could not be looked at" live>
          {failure}
        </Notice>
      )}
      {dryRun.state === "failed" && (
        <Notice tone="bad" title="The preview stopped" live>
          {dryRun.failure}
        </Notice>
      )}
      {failure === null && dryRun.state === "running" && (
        <ProgressBar
          label={`Looking at ${selection.name}`}
          done={dryRun.job?.done ?? 0}
          total={dryRun.job?.total ?? null}
        />
      )}
      {report !== null && <ReportView report={report} near={{ leftOut, onChoose: chooseNear }} />}
    </>
  );
}

type ImportButtonProps = {
  readonly report: ImportReport | null;
  readonly leftOut: ReadonlySet<string>;
};

function ImportButton({ report, leftOut }: ImportButtonProps): ReactElement {
  const [pressed, setPressed] = useState(false);
  const count = report === null ? 0 : recordsIn(report, leftOut);
  return (
    <Button
      variant="primary"
      disabled={count === 0}
      busy={pressed}
      onClick={() => {
        setPressed(true);
        void runImport().finally(() => setPressed(false));
      }}
    >
      {label(report, count)}
    </Button>
  );
}

/** How many records will be written when those near duplicates are left out. */
function recordsIn(
  { records, nearDuplicates }: ImportReport,
  leftOut: ReadonlySet<string>,
): number {
  const out = nearDuplicates.filter(({ path }) => leftOut.has(path));
  return out.reduce((sum, near) => sum - near.records, records);
}

function label(report: ImportReport | null, count: number): string {
  if (report === null) return "Import";
  if (count === 0) return "Nothing to import";
  return `Import ${count.toLocaleString()} ${count === 1 ? "record" : "records"}`;
}

type OptionsFormProps = {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
};

function OptionsForm({ options, onChange }: OptionsFormProps): ReactElement {
  const [department, setDepartment] = useState<readonly ComboboxOption[]>([]);
  const load = useCallback(async (text: string) => {
    const found = await ask("records", "lookup", { text, types: ["department"], limit: 20 });
    return found.map(({ id, title }) => ({ value: id, label: title }));
  }, []);
  return (
    <fieldset className={styles.options} aria-label="How to import">
      <Select
        label="Import as"
        value={options.as ?? "playbook"}
        onChange={(as) => onChange({ as: as === "lesson" ? "lesson" : "playbook" })}
        options={[
          { value: "playbook", label: "Playbooks" },
          { value: "lesson", label: "Lessons" },
        ]}
      />
      <Combobox
        label="Department"
        placeholder="None"
        value={department}
        load={load}
        onChange={(chosen) => {
          setDepartment(chosen);
          const id = recordIdSchema.safeParse(chosen[0]?.value);
          onChange({ department: id.success ? id.data : undefined });
        }}
      />
      <Select
        label="One file becomes"
        value={options.split ?? "none"}
        onChange={(split) => onChange({ split: splitOf(split) })}
        options={[
          { value: "none", label: "One record" },
          { value: "heading", label: "A record for each heading" },
          { value: "paragraph", label: "A record for each paragraph" },
        ]}
      />
    </fieldset>
  );
}

function splitOf(value: string): "none" | "heading" | "paragraph" {
  return value === "heading" || value === "paragraph" ? value : "none";
}
