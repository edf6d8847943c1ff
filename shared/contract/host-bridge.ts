/**
 * What the desktop window's own process does for the page, beside the engine: dialogs, the outside
 * browser, the window itself. The page reaches it as `window.guildhall`, which exists in Electron
 * only; in a browser tab it is undefined and the page does without.
 *
 * The page's style nonce stands in `<meta property="csp-nonce" nonce="…">` in both hosts: libraries
 * that make style elements (CodeMirror, Base UI) need it.
 */
import { z } from "zod";
import { command } from "#shared/rpc/define.ts";
import { selectionSchema, type Selection } from "./transfers.ts";

const nothing = z.strictObject({});
const selection = z.object({ selection: selectionSchema.nullable() });

/** The calls of the one channel between the preload and Electron's main process. */
export const hostContract = {
  window: {
    /** Sends the page a fresh port to the engine: see `enginePortMessage`. */
    connect: command(nothing, nothing),
    setTheme: command(z.strictObject({ theme: z.enum(["system", "light", "dark"]) }), nothing),
    /** Starts the engine again after it stopped for good. */
    restartEngine: command(nothing, nothing),
  },
  dialogs: {
    chooseFiles: command(nothing, selection),
    chooseFolder: command(nothing, selection),
    chooseExportFolder: command(nothing, selection),
    /** Asks where to keep a finished export and copies it there. */
    saveDownload: command(
      z.strictObject({ id: z.string().min(1).max(100) }),
      z.object({ saved: z.boolean() }),
    ),
  },
  shell: {
    /** Opens an https or mailto address outside; asks first where the site is new. */
    openExternal: command(
      z.strictObject({ url: z.string().max(4000) }),
      z.object({ opened: z.boolean() }),
    ),
    /** Opens the first page of a handbook in the folder that was chosen by this selection. */
    openHandbook: command(
      z.strictObject({ selection: z.string().max(100) }),
      z.object({ opened: z.boolean() }),
    ),
  },
};

/** Menu commands that are not a place; the places come as `navigate`. */
export const menuCommands = ["switcher", "shortcuts", "back", "forward", "find"] as const;

/** What the main process tells the page without being asked. */
export const hostNoticeSchema = z.discriminatedUnion("kind", [
  /** A deep link or a menu item leads to a place; `path` is what `parseRoute` reads. */
  z.object({ kind: z.literal("navigate"), path: z.string() }),
  z.object({ kind: z.literal("command"), command: z.enum(menuCommands) }),
  /**
   * `restarting`: it stopped and comes again by itself, open calls are lost; `ready`: connect
   * again; `stopped`: it does not stay up, `sentence` says what to do.
   */
  z.object({
    kind: z.literal("engine"),
    state: z.enum(["restarting", "ready", "stopped"]),
    sentence: z.string(),
  }),
]);
export type HostNotice = z.infer<typeof hostNoticeSchema>;

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
