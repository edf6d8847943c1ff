/**
 * What differs between an Electron window and a browser tab: dialogs, addresses of files, the
 * system's own things. It is not a place for product logic; everything else goes through the contract.
 */
import type { HostBridge } from "#shared/contract/host-bridge.ts";
import type { Selection } from "#shared/contract/selection.ts";

declare global {
  interface Window {
    /** Exists in an Electron window only; the preload puts it there. */
    readonly guildhall?: HostBridge;
  }
}

export type Host = {
  readonly kind: "electron" | "browser";
  readonly platform: "mac" | "other";
  /** Opens the host's own dialog; null when the person thought better of it, or there is none. */
  readonly chooseFiles: () => Promise<Selection | null>;
  readonly chooseFolder: () => Promise<Selection | null>;
  /** A folder to export into; always null in a browser tab, where a ZIP file is downloaded. */
  readonly chooseExportFolder: () => Promise<Selection | null>;
  /** Opens an https or mailto address outside the app; anything else is refused. */
  readonly openExternal: (url: string) => void;
  /** Opens the first page of a handbook that was exported into a chosen folder; false where that cannot be. */
  readonly openHandbook: (selection: string) => Promise<boolean>;
  /** Where an attachment can be shown from. */
  readonly attachmentUrl: (hash: string) => string;
  /** Where a browser tab fetches a finished export from; a window uses `saveDownload`. */
  readonly downloadUrl: (id: string) => string;
  /** Keeps a finished export where the person says; false when they thought better of it. */
  readonly saveDownload: (id: string) => Promise<boolean>;
  readonly copyText: (text: string) => Promise<void>;
  /** Lets the window's own frame and the system's dialogs follow the theme. */
  readonly setTheme: (theme: "system" | "light" | "dark") => void;
};

const bridge = window.guildhall;

/** The host this page runs in. */
export const host: Host = bridge === undefined ? browserHost() : electronHost(bridge);

function electronHost(bridge: HostBridge): Host {
  return {
    kind: "electron",
    platform: bridge.platform,
    chooseFiles: bridge.chooseFiles,
    chooseFolder: bridge.chooseFolder,
    chooseExportFolder: bridge.chooseExportFolder,
    openExternal: (url) => void bridge.openExternal(url),
    openHandbook: bridge.openHandbook,
    attachmentUrl: (hash) => `guildhall-asset://attachment/${hash}`,
    downloadUrl: (id) => `guildhall-asset://download/${id}`,
    saveDownload: bridge.saveDownload,
    copyText,
    setTheme: (theme) => void bridge.setTheme(theme),
  };
}

function browserHost(): Host {
  const downloadUrl = (id: string) => `/download/${id}`;
  return {
    kind: "browser",
    platform: /Mac|iPhone|iPad/u.test(navigator.userAgent) ? "mac" : "other",
    chooseFiles: () => Promise.resolve(null),
    chooseFolder: () => Promise.resolve(null),
    chooseExportFolder: () => Promise.resolve(null),
    openExternal: (url) => {
      const { protocol } = new URL(url);
      if (protocol === "https:" || protocol === "mailto:") {
        window.open(url, "_blank", "noopener,noreferrer");
      }
    },
    openHandbook: () => Promise.resolve(false),
    attachmentUrl: (hash) => `/attachment/${hash}`,
    downloadUrl,
    saveDownload: (id) => {
      const link = document.createElement("a");
      link.href = downloadUrl(id);
      link.download = "";
      link.click();
      return Promise.resolve(true);
    },
    copyText,
    setTheme: () => undefined,
  };
}

function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}
