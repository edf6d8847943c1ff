/**
 * The recovery sheet while it has to be kept. The engine gives it away once and forgets it, so it
 * outlives the screen that shows it, until the person says that it is kept or the window goes.
 */
import { useSyncExternalStore } from "react";

export type Sheet = {
  readonly name: string;
  readonly library: string;
  readonly fingerprint: string;
  readonly recovery: string;
  /** UTC, ISO 8601. */
  readonly at: string;
};

let sheet: Sheet | null = null;
const listeners = new Set<() => void>();

/** Shows the sheet from now on; null puts it away. */
export function setSheet(next: Sheet | null): void {
  sheet = next;
  if (next === null) window.removeEventListener("beforeunload", stay);
  else window.addEventListener("beforeunload", stay);
  for (const listener of listeners) listener();
}

/** The sheet that nobody has put away yet. */
export function useSheet(): Sheet | null {
  return useSyncExternalStore(subscribe, () => sheet);
}

function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
