/**
 * The only code between the page and Electron: it exposes `window.guildhall` and passes the engine's
 * port on. It is sandboxed, holds no logic, and gives the page no way to name a channel.
 */
import { contextBridge, ipcRenderer } from "electron";
import type { enginePortMessage, HostBridge, HostNotice } from "#shared/contract/host-bridge.ts";

// Only types come from the contract: its schemas would make this file forty times as large.
const portMessage: typeof enginePortMessage = "guildhall:engine-port";

let calls = 0;

async function ask(group: string, method: string, input: object = {}) {
  calls += 1;
  const answer = await ipcRenderer.invoke("guildhall:host", { id: calls, group, method, input });
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.value;
}

/** The page asks for its port when its first script has run; asked for now, it is there by then. */
let early = window.location.protocol === "guildhall:" ? ask("window", "connect") : undefined;
let wanted = false;
let kept: readonly MessagePort[] | undefined;

/** A port cannot cross the bridge as a value; it is posted to the page, which checks the source. */
function pass(ports: readonly MessagePort[]): void {
  window.postMessage(portMessage, window.location.origin, [...ports]);
}

async function connect(): Promise<void> {
  const asked = early;
  early = undefined;
  wanted = true;
  if (kept !== undefined) pass(kept);
  kept = undefined;
  await (asked ?? ask("window", "connect"));
}

const bridge: HostBridge = {
  platform: process.platform === "darwin" ? "mac" : "other",
  connect,
  onNotice: (listener) => {
    const receive = (_event: unknown, notice: HostNotice) => listener(notice);
    ipcRenderer.on("guildhall:notice", receive);
    return () => ipcRenderer.off("guildhall:notice", receive);
  },
  restartEngine: () => ask("window", "restartEngine"),
  setTheme: (theme) => ask("window", "setTheme", { theme }),
  chooseFiles: async () => (await ask("dialogs", "chooseFiles")).selection,
  chooseFolder: async () => (await ask("dialogs", "chooseFolder")).selection,
  chooseExportFolder: async () => (await ask("dialogs", "chooseExportFolder")).selection,
  saveDownload: async (id) => (await ask("dialogs", "saveDownload", { id })).saved,
  openExternal: async (url) => (await ask("shell", "openExternal", { url })).opened,
  openHandbook: async (selection) => (await ask("shell", "openHandbook", { selection })).opened,
};

contextBridge.exposeInMainWorld("guildhall", bridge);

ipcRenderer.on("guildhall:port", ({ ports }) => {
  if (wanted) pass(ports);
  else kept = ports;
});
