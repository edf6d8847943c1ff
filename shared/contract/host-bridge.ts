/**
 * What the desktop window's own process does for the page, beside the engine: dialogs, the outside
 * browser, the window itself. The page reaches it as `window.guildhall`, which exists in Electron
 * only; in a browser tab it is undefined and the page does without.
 *
 * The page's style nonce stands in `<meta property="csp-nonce" nonce="…">` in both hosts: libraries
 * that make style elements (CodeMirror, Base UI) need it.
 */
import * as z from "zod/mini";
import { command } from "#shared/rpc/define.ts";
import { selectionSchema, type Selection } from "./selection.ts";

const nothing = z.strictObject({});
const selection = z.object({ selection: z.nullable(selectionSchema) });

/** The calls of the one channel between the preload and Electron's main process. */
export const hostContract = {
  window: {
    /** Sends the page a fresh port to the engine: see `enginePortMessage`. */
    connect: command(
      () => nothing,
      () => nothing,
    ),
    setTheme: command(
      () => z.strictObject({ theme: z.enum(["system", "light", "dark"]) }),
      () => nothing,
    ),
    /** Starts the engine again after it stopped for good. */
    restartEngine: command(
      () => nothing,
      () => nothing,
    ),
  },
  dialogs: {
    chooseFiles: command(
      () => nothing,
      () => selection,
    ),
    chooseFolder: command(
      () => nothing,
      () => selection,
    ),
    chooseExportFolder: command(
      () => nothing,
      () => selection,
    ),
    /** Asks where to keep a finished export and copies it there. */
    saveDownload: command(
      () => z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(100)) }),
      () => z.object({ saved: z.boolean() }),
    ),
  },
  shell: {
    /** Opens an https or mailto address outside; asks first where the site is new. */
    openExternal: command(
      () => z.strictObject({ url: z.string().check(z.maxLength(4000)) }),
      () => z.object({ opened: z.boolean() }),
    ),
    /** Opens the first page of a handbook in the folder that was chosen by this selection. */
    openHandbook: command(
      () => z.strictObject({ selection: z.string().check(z.maxLength(100)) }),
      () => z.object({ opened: z.boolean() }),
    ),
  },
};

/** What the main process tells the page without being asked. */
export type HostNotice =
  /** A deep link or a menu item leads to a place; `path` is what `parseRoute` reads. */
  | { readonly kind: "navigate"; readonly path: string }
  /** A menu item that is not a place. */
  | {
      readonly kind: "command";
      readonly command: "switcher" | "shortcuts" | "back" | "forward" | "find";
    }
  /**
   * `restarting`: it stopped and comes again by itself, open calls are lost; `ready`: connect
   * again; `stopped`: it does not stay up, `sentence` says what to do.
   */
  | {
      readonly kind: "engine";
      readonly state: "restarting" | "ready" | "stopped";
      readonly sentence: string;
    };

/**
 * The `data` of the window's "message" event that brings the engine's port, in `event.ports[0]`,
 * after `connect()`. A port cannot be a return value of the bridge. Check `event.source === window`.
 */
export const enginePortMessage = "guildhall:engine-port";

/** `window.guildhall`. Every promise rejects with an Error whose message is fit for a person. */
export type HostBridge = {
  readonly platform: "mac" | "other";
  readonly connect: () => Promise<void>;
  /** Calls back for each notice until the returned function is called. */
  readonly onNotice: (listener: (notice: HostNotice) => void) => () => void;
  readonly restartEngine: () => Promise<void>;
  readonly setTheme: (theme: "system" | "light" | "dark") => Promise<void>;
  /** Null when the person closed the dialog. */
  readonly chooseFiles: () => Promise<Selection | null>;
  readonly chooseFolder: () => Promise<Selection | null>;
  readonly chooseExportFolder: () => Promise<Selection | null>;
  readonly saveDownload: (id: string) => Promise<boolean>;
  readonly openExternal: (url: string) => Promise<boolean>;
  readonly openHandbook: (selection: string) => Promise<boolean>;
};
