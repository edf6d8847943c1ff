/**
 * The recovery sheet while it has to be kept. The engine gives it away once and forgets it, so it
 * outlives the screen that shows it, until the person says that it is kept or the window goes.
 */
import { createStore } from "#renderer/platform/store.ts";

export type Sheet = {
  readonly name: string;
  readonly library: string;
  readonly fingerprint: string;
  readonly recovery: string;
  /** UTC, ISO 8601. */
  readonly at: string;
};

const sheet = createStore<Sheet | null>(null);

/** Shows the sheet from now on; null puts it away. */
export function setSheet(next: Sheet | null): void {
  sheet.set(next);
  if (next === null) window.removeEventListener("beforeunload", stay);
  else window.addEventListener("beforeunload", stay);
}

/** The sheet that nobody has put away yet. */
export const useSheet = sheet.use;

function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
