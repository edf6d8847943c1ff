/** What others changed while one writes: between what the writing started from and what is there now. */
import { type ReactElement, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { FieldChanges } from "#renderer/ui/field-changes.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { TextChanges } from "#renderer/ui/text-changes.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";

type ChangedMeanwhileProps = {
  /** The record as the writing started from it. */
  readonly start: RecordView;
  readonly latest: RecordView;
};

/** The button, and the comparison over the page: the writing stays where it is. */
export function ChangedMeanwhile(props: ChangedMeanwhileProps): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        See what changed
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        size="wide"
        title="What changed since you started"
        description="What you have written yourself is not in here."
      >
        {open && <Changes {...props} />}
      </Dialog>
    </>
  );
}

/** Versions, not numbers: a change that arrives late from another device renumbers the revisions. */
function Changes({ start, latest }: ChangedMeanwhileProps): ReactElement {
  const diff = useAsk("records", "diff", {
    id: start.id,
    from: start.version,
    to: latest.version,
  });
  if (diff.isError) return <Notice tone="bad">{diff.error.message}</Notice>;
  if (diff.data === undefined) return <Skeleton lines={6} label="Comparing" />;
  return (
    <>
      <FieldChanges
        type={start.type}
        changes={diff.data.fields}
        references={[...start.references, ...latest.references]}
      />
      <TextChanges runs={diff.data.body} sideBySide={false} />
    </>
  );
}
