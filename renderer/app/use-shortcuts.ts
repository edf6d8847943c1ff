/** Hears the keys of the whole window and runs the commands they stand for. */
import { useEffect } from "react";
import type { Settings } from "#shared/contract/workspace.ts";
import { runShortcut, setPreferences } from "#renderer/platform/commands.ts";
import { host } from "#renderer/platform/host.ts";

/** Listens while the frame is shown, with the person's own keys. */
export function useShortcuts(settings: Settings | undefined): void {
  useEffect(() => {
    if (settings === undefined) return;
    setPreferences({ shortcuts: settings.shortcuts, singleKeys: settings.singleKeyShortcuts });
  }, [settings]);

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if (runShortcut(event, host.platform === "mac")) event.preventDefault();
    };
    // In the bubbling phase, so that the editor's own keys come first.
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}
