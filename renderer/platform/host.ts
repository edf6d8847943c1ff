/**
 * What differs between an Electron window and a browser tab: dialogs, addresses of files, the
 * connection. It is not a place for product logic; everything else goes through the contract.
 */
import { z } from "zod";
import { type Selection, selectionSchema } from "#shared/contract/transfers.ts";

/** What the preload exposes as `window.guildhall` in an Electron window. */
export type Bridge = {
  readonly platform: string;
  /** Asks for a fresh port to the engine; it arrives as a message event on the window. */
  readonly connect: () => unknown;
  readonly chooseFiles: () => Promise<unknown>;
  readonly chooseFolder: () => Promise<unknown>;
  readonly chooseExportFolder: () => Promise<unknown>;
  readonly openExternal: (url: string) => unknown;
  /** Lets the window's own frame and the system dialogs follow the theme. */
  readonly setTheme?: (theme: "system" | "light" | "dark") => unknown;
};

declare global {
  interface Window {
    readonly guildhall?: Bridge;
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
  /** Opens an https or mailto address outside the app; the host refuses anything else. */
  readonly openExternal: (url: string) => void;
  /** Where an attachment can be shown from. */
  readonly attachmentUrl: (hash: string) => string;
  /** Where a finished export can be fetched from. */
  readonly downloadUrl: (id: string) => string;
  readonly copyText: (text: string) => Promise<void>;
  readonly setTheme: (theme: "system" | "light" | "dark") => void;
};

const bridge = window.guildhall;

/** The host this page runs in. */
export const host: Host = bridge === undefined ? browserHost() : electronHost(bridge);

function electronHost(bridge: Bridge): Host {
  return {
    kind: "electron",
    platform: bridge.platform === "darwin" || bridge.platform === "mac" ? "mac" : "other",
    chooseFiles: async () => selection(await bridge.chooseFiles()),
    chooseFolder: async () => selection(await bridge.chooseFolder()),
    chooseExportFolder: async () => selection(await bridge.chooseExportFolder()),
    openExternal: (url) => void bridge.openExternal(url),
    attachmentUrl: (hash) => `guildhall-asset://attachment/${hash}`,
    downloadUrl: (id) => `guildhall-asset://download/${id}`,
    copyText,
    setTheme: (theme) => void bridge.setTheme?.(theme),
  };
}

function browserHost(): Host {
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
    attachmentUrl: (hash) => `/attachment/${hash}`,
    downloadUrl: (id) => `/download/${id}`,
    copyText,
    setTheme: () => undefined,
  };
}

function selection(value: unknown): Selection | null {
  return z.nullish(selectionSchema).parse(value) ?? null;
}

function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}
