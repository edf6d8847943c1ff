/** What the home screen asks before it knows anything, so that it can be asked before it is drawn. */
import { askAhead } from "#renderer/platform/api.ts";

/** Playbooks, lessons and requests alone: whoever adds a topic has not said anything new. */
export const changedTypes = ["playbook", "lesson", "request"] as const;

/** Lines of the newest work; those that are due have fewer, and the rest behind a link or a count. */
export const newestShown = 12;
export const dueShown = 5;

/** The newest of a type. */
export function newestOf(type: (typeof changedTypes)[number]) {
  return { type, limit: newestShown };
}

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
  return [
    ...changedTypes.map((type) => askAhead("records", "list", newestOf(type))),
    askAhead("records", "due", staleNow()),
  ];
}
