/** The export that is running or has just ended; it lives outside the screen, like the import's. */
import { client } from "#renderer/platform/api.ts";
import { createStore } from "#renderer/platform/store.ts";
import type { Selection } from "#shared/contract/selection.ts";

export type ExportSession = {
  readonly job: string;
  /** The folder written into; null for a ZIP file. */
  readonly folder: string | null;
} | null;

const session = createStore<ExportSession>(null);

/** The session, for a component that follows it. */
export const useExportSession = session.use;

/** Starts an export of one type, or of everything, into the folder or into a ZIP file. */
export async function runExport(folder: Selection | null, type: string): Promise<void> {
  const { job } = await client.transfers.exportRecords({
    ...(folder !== null && { selection: folder.id }),
    ...(type !== "" && { type }),
  });
  session.set({ job, folder: folder?.name ?? null });
}

/** Back to choosing. */
export function leaveExport(): void {
  session.set(null);
}
