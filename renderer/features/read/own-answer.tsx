/** An answer of one's own in the stead of all that are there: for places that hold a line of text. */
import { type ReactElement, type SubmitEvent, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { showDone } from "#renderer/platform/undo.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { readPath } from "#shared/domain/path.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./conflicts.module.css";

type OwnAnswerProps = {
  readonly record: RecordView;
  readonly conflict: RecordView["conflicts"][number];
};

/** A button that opens the field, with both answers in it to begin with. Nothing elsewhere. */
export function OwnAnswer({ record, conflict }: OwnAnswerProps): ReactElement | null {
  const edit = useTell("records", "edit");
  const texts = conflict.values.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  const [text, setText] = useState<string | null>(null);
  const place = readPath(conflict.path);
  const kind = recordTypeOf(record.type)?.fields[place.field]?.kind;
  if (place.kind !== "field" || kind !== "line" || texts.length < 2) return null;
  if (text === null) {
    return (
      <Button size="small" onClick={() => setText([...new Set(texts)].join(" / "))}>
        Keep both, or write another…
      </Button>
    );
  }

  function save(event: SubmitEvent): void {
    event.preventDefault();
    if (text === null || text.trim() === "") return;
    edit.mutate(
      { id: record.id, base: record.version, fields: { [place.field]: text.trim() } },
      { onSuccess: ({ action }) => showDone("Settled.", action) },
    );
  }
  return (
    <form className={styles.ownAnswer} onSubmit={save}>
      <TextField
        label="The answer that stays"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- The button that was pressed asks for this field.
        autoFocus
        value={text}
        onChange={setText}
        error={edit.error?.message ?? null}
      />
      <Button size="small" variant="primary" type="submit" busy={edit.isPending}>
        Save this answer
      </Button>
    </form>
  );
}
