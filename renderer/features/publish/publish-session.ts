/** The export of the handbook that is running or has just ended; it lives outside the screen. */
import { useSyncExternalStore } from "react";
import { client } from "#renderer/platform/api.ts";
import type { Selection } from "#shared/contract/transfers.ts";

export type PublishSession = {
  readonly job: string;
  /** What was chosen; null where it went into the folder of the last time. */
  readonly folder: Selection | null;
} | null;

let session: PublishSession = null;
const listeners = new Set<() => void>();

/** The session, for a component that follows it. */
export function usePublishSession(): PublishSession {
  return useSyncExternalStore(subscribe, () => session);
}

/** Starts an export into the folder, or into that of the last time. */
export async function runPublish(folder: Selection | null): Promise<void> {
  const { job } = await client.handbook.exportHandbook({ selection: folder?.id ?? null });
  set({ job, folder });
}

/** Back to choosing. */
export function leavePublish(): void {
  set(null);
}

function set(next: PublishSession): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
