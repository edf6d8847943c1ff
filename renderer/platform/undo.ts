/** Taking back: the message with "Undo" after something that touched records. */
import type { RecordId } from "#shared/domain/ids.ts";
import { showFailure, showToast } from "#renderer/ui/toast.tsx";
import { client } from "./api.ts";

/** Says what was done and offers to take it back; `action` is the engine's answer, null for nothing. */
export function showDone(message: string, action: RecordId | null): void {
  if (action === null) {
    showToast({ message });
    return;
  }
  const undo = { label: "Undo", onPress: () => void undoAction(action) };
  last = { action, closeMessage: showToast({ message, action: undo }) };
}

let last: { readonly action: RecordId; readonly closeMessage: () => void } | null = null;

/** Takes back what was done last in this window; tells when there is nothing. */
export async function undoLast(): Promise<void> {
  if (last === null) showToast({ message: "There is nothing to undo." });
  else await undoAction(last.action);
}

/** Takes an action back and says what came of it. Undoing can itself be undone. */
export async function undoAction(action: RecordId): Promise<void> {
  try {
    const { undone, kept, action: back } = await client.records.undo({ action });
    if (last?.action === action) {
      last.closeMessage();
      last = null;
    }
    showDone(sentence(undone, kept), back);
  } catch (error) {
    showFailure(error);
  }
}

function sentence(undone: number, kept: number): string {
  const records = (count: number) =>
    `${count.toLocaleString()} ${count === 1 ? "record" : "records"}`;
  if (kept === 0) return `Undone: ${records(undone)}.`;
  return `Undone: ${records(undone)}. ${records(kept)} kept, because somebody has written there since.`;
}
