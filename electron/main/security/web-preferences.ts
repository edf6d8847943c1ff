/** What every window may do: render pages of ours in a sandbox, and nothing else. */
import type { WebPreferences } from "electron";

/** All of it is said, defaults too, so that a changed default changes nothing here. */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // Outside macOS its dictionaries are fetched from the network.
  spellcheck: false,
} as const satisfies WebPreferences;
