/** The trash: what was removed, when and by whom, and putting it back where it was. */
import { ArchiveRestore, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { useAct } from "#renderer/platform/act.ts";
import { useTell } from "#renderer/platform/api.ts";
import { showDone } from "#renderer/platform/undo.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import { RecordList } from "./record-list.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import styles from "./trash.module.css";
import { type RecordFilter, useRecordPages } from "./use-record-pages.ts";
import { useSelection } from "./use-selection.ts";

const removed: RecordFilter = { trash: true, sort: "updated" };

/** Removed records, the last removed first. */
export function TrashScreen(): ReactElement {
  const pages = useRecordPages(removed);
  const selection = useSelection();
  const { putBack, busy } = usePutBack(selection.clear);
  return (
    <Page title="Trash" fill width="full">
      <PageHeader
        title="Trash"
        meta={
          pages.total === 0
            ? undefined
            : "Removed records stay here until they are put back. Nobody finds them by searching."
        }
      />
      {selection.ids.size > 0 && (
        <SelectionBar selection={selection} filter={removed} total={pages.total ?? 0}>
          <Button
            size="small"
            icon={ArchiveRestore}
            busy={busy}
            onClick={() => putBack([...selection.ids])}
          >
            Put back
          </Button>
        </SelectionBar>
      )}
      <RecordList
        label="Trash"
        memory="trash"
        pages={pages}
        selection={selection}
        renderAside={(record) => (
          <span className={styles.removed}>
            <span title={whenAndBy(record)} className={styles.when}>
              {record.removedAt !== null && <Time iso={record.removedAt} />}
              {record.updatedBy !== null && ` · ${record.updatedBy.title}`}
            </span>
            <Button
              size="small"
              disabled={busy}
              aria-label={`Put back ${record.title}`}
              onClick={() => putBack([record.id])}
            >
              Put back
            </Button>
          </span>
        )}
        empty={
          <EmptyState
            icon={Trash2}
            title="The trash is empty"
            purpose="What is moved here can be put back where it was. Until then nobody finds it by searching."
          />
        }
      />
    </Page>
  );
}

function usePutBack(onDone: () => void) {
  const tell = useAct(useTell("records", "putBack"), ({ restored, action }) => {
    onDone();
    const records = `${restored.toLocaleString()} ${restored === 1 ? "record" : "records"}`;
    showDone(`${records} put back.`, action);
  });
  return { busy: tell.busy, putBack: (ids: readonly RecordId[]) => tell.act({ ids: [...ids] }) };
}

function whenAndBy({ removedAt, updatedBy }: RecordSummary): string {
  const when = removedAt === null ? "" : formatTime(removedAt, "full");
  return [when, updatedBy?.title].filter(Boolean).join(", ");
}
