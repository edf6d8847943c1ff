/** The export of the handbook that is running or has just ended; it lives outside the screen. */
import { client } from "#renderer/platform/api.ts";
import { createStore } from "#renderer/platform/store.ts";
import type { Selection } from "#shared/contract/selection.ts";

export type PublishSession = {
  readonly job: string;
  /** What was chosen; null where it went into the folder of the last time. */
  readonly folder: Selection | null;
} | null;

const session = createStore<PublishSession>(null);

/** The session, for a component that follows it. */
export const usePublishSession = session.use;

/** Starts an export into the folder, or into that of the last time. */
export async function runPublish(folder: Selection | null): Promise<void> {
  const { job } = await client.handbook.exportHandbook({ selection: folder?.id ?? null });
  session.set({ job, folder });
}

/** Back to choosing. */
export function leavePublish(): void {
  session.set(null);
}
