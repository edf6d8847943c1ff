/** The imports of the past, newest first, each with its report and its undo. */
import { type ReactElement, useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { importSentence, keptSentence } from "./report-words.ts";
import { ReportView } from "./report-view.tsx";
import { UndoImport } from "./undo-import.tsx";
import styles from "./transfer.module.css";

type Earlier = Output<"transfers", "imports">[number];

/** The list; nothing at all before the first import. */
export function EarlierImports(): ReactElement | null {
  const imports = useAsk("transfers", "imports", {});
  if (imports.data === undefined || imports.data.length === 0) return null;
  return (
    <Section title="Earlier imports">
      <Rows>
        {imports.data.map((entry) => (
          <EarlierImport key={entry.id} entry={entry} />
        ))}
      </Rows>
    </Section>
  );
}

function EarlierImport({ entry }: { readonly entry: Earlier }): ReactElement {
  const [open, setOpen] = useState(false);
  const { name, at, report, undone, kept } = entry;
  return (
    <li className={styles.earlier}>
      <div className={styles.earlierWords}>
        <strong dir="auto">{name}</strong>
        <span>
          <Time iso={at} /> · {importSentence(report)}
          {kept > 0 && ` · ${keptSentence(kept)}`}
        </span>
      </div>
      <Button size="small" variant="quiet" onClick={() => setOpen(true)}>
        Report
      </Button>
      <UndoImport action={report.action} undone={undone} kept={kept} />
      <Dialog open={open} onClose={() => setOpen(false)} title={name} size="wide">
        <ReportView report={report} />
      </Dialog>
    </li>
  );
}
