/** The one window: made with the hardened preferences, shown at once on the colour of its paper. */
import path from "node:path";
import { BrowserWindow, nativeTheme, screen } from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import { crashPage } from "./crash-page.ts";
import { paper } from "./paper.ts";
import { appAddress } from "./security/app-address.ts";
import { webPreferences } from "./security/web-preferences.ts";
import { keepWindowState, readWindowState, visibleBounds } from "./window-state.ts";

const preload = path.resolve(import.meta.dirname, "..", "preload", "index.cjs");

type WindowOptions = {
  readonly stateFile: string;
  /** The place to open, as the page writes it; null for where it always begins. */
  readonly place: string | null;
  readonly logger: HostLogger;
  /** Where the logs lie, for the page that is shown when nothing else can be. */
  readonly logFolder: string;
};

/** Opens the window at the place. */
export function openMainWindow(options: WindowOptions): BrowserWindow {
  const state = readWindowState(options.stateFile);
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...visibleBounds(state, areas),
    minWidth: 480,
    minHeight: 360,
    // Its background is the page's paper, so there is nothing to hide until the page comes.
    show: !state.maximized,
    title: "Guildhall",
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      ...webPreferences,
      preload,
      // The page's compiled code is kept from the first start on, whole, and not from the third.
      v8CacheOptions: "bypassHeatCheckAndEagerCompile",
    },
  });
  if (state.maximized) window.maximize();
  window.on("close", () => {
    const { x, y, width, height } = window.getNormalBounds();
    const theme = nativeTheme.themeSource;
    keepWindowState(options.stateFile, {
      x,
      y,
      width,
      height,
      maximized: window.isMaximized(),
      theme,
    });
  });
  surviveCrashes(window, options);
  void window.loadURL(options.place === null ? appAddress : `${appAddress}#${options.place}`);
  return window;
}

/** A page that dies is loaded once more; one that dies again is replaced by an explanation. */
function surviveCrashes(window: BrowserWindow, { logger, logFolder }: WindowOptions): void {
  let crashes = 0;
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason === "clean-exit") return;
    crashes += 1;
    logger.warn("window.gone", { reason: details.reason, code: details.exitCode, crashes });
    if (crashes === 1) window.webContents.reload();
    else if (crashes === 2) void window.loadURL(crashPage(logFolder));
  });
  window.on("unresponsive", () => {
    logger.warn("window.unresponsive");
  });
}
