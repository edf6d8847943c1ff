/** What the home screen asks before it knows anything, so that it can be asked before it is drawn. */
import { askAhead } from "#renderer/platform/api.ts";

/**
 * The newest work: of playbooks, lessons and requests alone, since whoever adds a topic has not said
 * anything new.
 */
export const newestWork = { types: ["playbook", "lesson", "request"], limit: 12 };

/** Those that are due have fewer lines, and the rest behind a link or a count. */
export const dueShown = 5;

/** Whatever nobody has checked in time. */
export function staleNow() {
  return { before: dayAfter(0), limit: dueShown };
}

/** The day so many days from today, as YYYY-MM-DD. */
export function dayAfter(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return day.toISOString().slice(0, 10);
}

/** Asks all of it now. */
export function askHomeAhead(): readonly Promise<void>[] {
  return [askAhead("records", "latest", newestWork), askAhead("records", "due", staleNow())];
}
