/** One button that takes a whole import back. */
import { Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { undoAction } from "#renderer/platform/undo.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import type { RecordId } from "#shared/domain/ids.ts";

type UndoImportProps = {
  /** What to take back; null when the import wrote nothing. */
  readonly action: RecordId | null;
  readonly undone: boolean;
  /** How many records the undo left, because somebody had written there since. */
  readonly kept: number;
};

/** Undo, or the word that it was done. */
export function UndoImport({ action, undone, kept }: UndoImportProps): ReactElement | null {
  const [busy, setBusy] = useState(false);
  if (undone) {
    return <Badge>{kept === 0 ? "Taken back" : `Taken back but ${kept.toLocaleString()}`}</Badge>;
  }
  if (action === null) return null;
  return (
    <Button
      size="small"
      icon={Undo2}
      busy={busy}
      onClick={() => {
        setBusy(true);
        void undoAction(action).finally(() => setBusy(false));
      }}
    >
      Undo the import
    </Button>
  );
}
