/** Pages open no windows: there is one, and the main process makes it. */
import type { WebContents } from "electron";

/** Refuses window.open, target="_blank" and the like. */
export function guardWindowOpen(contents: WebContents, onRefused: (kind: string) => void): void {
  contents.setWindowOpenHandler(() => {
    onRefused("window");
    return { action: "deny" };
  });
}
