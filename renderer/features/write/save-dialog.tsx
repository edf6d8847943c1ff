/** The last look before a revision: what changed, in which state it will be, and a note for the others. */
import { type KeyboardEvent, type ReactElement, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { fieldLabel } from "#renderer/ui/field-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { options } from "#shared/domain/field.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { changedFields, isChanged } from "./content.ts";
import type { Opening } from "./opening.ts";
import type { Publishing } from "./use-publishing.ts";
import type { Writing } from "./use-writing.ts";
import styles from "./write.module.css";

type SaveDialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly opening: Opening;
  readonly writing: Writing;
  readonly publishing: Publishing;
};

/** The dialog. Enter in the note, or Mod+S once more, saves. */
export function SaveDialog(props: SaveDialogProps): ReactElement {
  const { open, onClose, opening, writing, publishing } = props;
  const [note, setNote] = useState("");
  async function save(): Promise<void> {
    if ((await publishing.publish(note)) !== "failed") onClose();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const again = event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey);
    if (!again && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      finalFocus={refusedField}
      title={opening.record === undefined ? "Save" : "Save as a new revision"}
      description={changesSentence(opening, writing)}
      actions={
        <>
          <Button onClick={onClose}>Keep writing</Button>
          <Button
            variant="primary"
            busy={publishing.busy}
            disabled={!worthSaving(opening, writing)}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <div className={styles.saveForm}>
        {publishing.failure !== null && publishing.problems.size === 0 && (
          <Notice tone="bad" live title="Not saved">
            {publishing.failure}
          </Notice>
        )}
        <TextField
          label="What changed, and why"
          optional
          maxLength={2000}
          value={note}
          onChange={setNote}
          onKeyDown={onKeyDown}
          help="Readers see this in the history."
        />
        <StatusChoice opening={opening} writing={writing} />
      </div>
    </Dialog>
  );
}

/** After a refusal writing goes on where something has to be mended. */
function refusedField(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[aria-invalid=true]:not([role=dialog] *)");
}

function StatusChoice({ opening, writing }: Pick<SaveDialogProps, "opening" | "writing">) {
  const statuses = recordTypeOf(opening.type)?.statuses ?? null;
  if (statuses === null) return null;
  const { status } = writing.content.fields;
  const why = opening.record?.may.why?.publish;
  return (
    <>
      <Select
        label="Status"
        options={options(...statuses)}
        value={typeof status === "string" ? status : (statuses[0] ?? "")}
        onChange={(value) => writing.setField("status", value)}
      />
      {status === "published" && opening.base.fields.status !== status && why !== undefined && (
        <Notice tone="warn" live title="You cannot publish this">
          {why}
        </Notice>
      )}
    </>
  );
}

/** A new record always is, and so is a merged text that somebody has read. */
function worthSaving({ base, record }: Opening, { content }: Writing): boolean {
  return record === undefined || record.mergedFrom.length > 0 || isChanged(base, content);
}

function changesSentence({ base, type, record }: Opening, { content }: Writing): string {
  if (record === undefined) return "It becomes part of the workspace, and its history begins.";
  const declared = recordTypeOf(type)?.fields ?? {};
  const names = Object.keys(changedFields(base.fields, content.fields));
  const labels = names.map((name) => fieldLabel(declared, name));
  const all = content.body === base.body ? labels : ["Text", ...labels];
  if (all.length > 0) return `Changed: ${all.join(", ")}.`;
  return record.mergedFrom.length > 0
    ? "Nothing has changed. Saving says that you have read the merged text."
    : "Nothing has changed yet.";
}
