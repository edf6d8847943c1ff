/**
 * Asks for everything that the window opens with before any of it is drawn. Asked for piece by piece
 * as the pieces are drawn, it would be drawn three times.
 */
import { askHomeAhead } from "#renderer/features/home/questions.ts";
import { askAhead } from "#renderer/platform/api.ts";
import type { Route } from "#shared/navigation/route.ts";
import { askSidebarAhead } from "./sidebar.tsx";

/** How long the rest may take once it is known what to show, in milliseconds. */
const patience = 100;

/** Resolves when the window has something to show, and most of what there is to say. */
export async function askWhatOpens({ screen }: Route): Promise<void> {
  const first = [askAhead("workspace", "state", {}), askAhead("workspace", "settings", {})];
  const rest = [
    ...askSidebarAhead(),
    askAhead("jobs", "list", {}),
    ...(screen === "home" ? askHomeAhead() : []),
  ];
  await Promise.all(first);
  await Promise.race([
    Promise.all(rest),
    new Promise((resolve) => {
      setTimeout(resolve, patience);
    }),
  ]);
}
