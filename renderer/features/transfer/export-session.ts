/** The export that is running or has just ended; it lives outside the screen, like the import's. */
import { useSyncExternalStore } from "react";
import { client } from "#renderer/platform/api.ts";
import type { Selection } from "#shared/contract/transfers.ts";

export type ExportSession = {
  readonly job: string;
  /** The folder written into; null for a ZIP file. */
  readonly folder: string | null;
} | null;

let session: ExportSession = null;
const listeners = new Set<() => void>();

/** The session, for a component that follows it. */
export function useExportSession(): ExportSession {
  return useSyncExternalStore(subscribe, () => session);
}

/** Starts an export of one type, or of everything, into the folder or into a ZIP file. */
export async function runExport(folder: Selection | null, type: string): Promise<void> {
  const { job } = await client.transfers.exportRecords({
    ...(folder !== null && { selection: folder.id }),
    ...(type !== "" && { type }),
  });
  set({ job, folder: folder?.name ?? null });
}

/** Back to choosing. */
export function leaveExport(): void {
  set(null);
}

function set(next: ExportSession): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
