/** The app with its window: what happens at its start, while it runs, and when it ends. */
import path from "node:path";
import {
  app,
  type BrowserWindow,
  ipcMain,
  Menu,
  type MessagePortMain,
  nativeTheme,
  protocol,
  session,
} from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import { openLateLog } from "#hosts/late-log.ts";
import type { HostNotice } from "#shared/contract/host-bridge.ts";
import { readArguments } from "./arguments.ts";
import { type EngineChild, engineStarter } from "./engine-child.ts";
import type { EngineSide, EngineSideOptions } from "./engine-side.ts";
import { serveHostChannel } from "./host-channel.ts";
import { openMainWindow } from "./main-window.ts";
import { placeOfLink } from "./places.ts";
import { guardApp, guardSession } from "./security/guard.ts";
import { handleProtocols } from "./security/protocols.ts";
import { readWindowState } from "./window-state.ts";

type StartOptions = {
  readonly profile: string;
  /** A link to follow at the start. */
  readonly link: string | null;
};

/** How long the window stands before what can wait is done, in milliseconds. */
const settling = 1000;

/** What there is of the app, from nothing to an engine and a window. */
type Running = { side?: Promise<EngineSide>; window?: BrowserWindow };

/** To be called before the app is ready; it does the rest when it is. */
export function startApp({ profile, link }: StartOptions): void {
  const quiet = Promise.withResolvers<void>();
  const log = openLateLog({ profile, name: "main" }, quiet.promise);
  const { logger } = log;
  const running: Running = {};
  const tell = (notice: HostNotice) => {
    if (running.window?.isDestroyed() !== false) return;
    running.window.webContents.send("guildhall:notice", notice);
  };
  guardApp(app, (kind) => {
    logger.warn("page.refused", { kind });
  });
  // Electron would make a menu of its own before it is ready, to be replaced by the app's.
  Menu.setApplicationMenu(null);
  endInOrder(running, log.close);
  receiveLinks(running, tell);
  noteMishaps(logger);

  const starter = startEngine(profile);
  if (starter === undefined) return;
  const open = async () => {
    const spawn = starter();
    guardSession(session.defaultSession, { developing: !app.isPackaged });
    const place = link === null ? null : await placeOfLink(link);
    const side = loadSide({ profile, spawn, window: () => windowOf(running), tell, logger });
    running.side = side;
    serveFiles(side);
    const window = openWindow({ profile, place, logger });
    running.window = window;
    serveWindow(window, side, logger);
    window.webContents.once("dom-ready", () => {
      void showMenu(tell);
      setTimeout(quiet.resolve, settling);
    });
  };
  app.on("ready", () => void open());
}

type Spawn = () => EngineChild<MessagePortMain>;

/**
 * Starts the engine's process as soon as it can be. What it gives is called when the app is ready;
 * that gives the process which is under way, and then another one each time.
 */
function startEngine(profile: string): (() => Spawn) | undefined {
  const starter = engineStarter({
    nodeApi: Number(process.versions.napi ?? 0),
    packaged: app.isPackaged,
    environment: process.env,
    codeCache: path.join(profile, "window", "engine-code"),
  });
  if ("sentence" in starter) {
    process.stderr.write(`guildhall: ${starter.sentence}\n`);
    // Before it is ready, Electron does not end in order.
    app.on("ready", () => app.exit(1));
    return undefined;
  }
  const started = starter.early ? [starter.start()] : [];
  return () => {
    if (!starter.early) started.push(starter.start());
    return () => started.pop() ?? starter.start();
  };
}

async function loadSide(options: EngineSideOptions): Promise<EngineSide> {
  const { createEngineSide } = await import("./engine-side.ts");
  return createEngineSide(options);
}

/** After the page's files, which this process hands out, and before the page is first laid out. */
async function showMenu(tell: (notice: HostNotice) => void): Promise<void> {
  const { menuTemplate } = await import("./menu.ts");
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, tell)));
}

type WindowStart = {
  readonly profile: string;
  readonly place: string | null;
  readonly logger: HostLogger;
};

function openWindow({ profile, place, logger }: WindowStart): BrowserWindow {
  const stateFile = path.join(profile, "window", "window-state.json");
  nativeTheme.themeSource = readWindowState(stateFile).theme;
  const logFolder = path.join(profile, "logs");
  return openMainWindow({ stateFile, place, logger, logFolder });
}

async function controlOf(side: Promise<EngineSide>) {
  return (await side).engine.control();
}

function windowOf({ window }: Running): BrowserWindow {
  if (window === undefined) throw new Error("There is no window yet.");
  return window;
}

function serveFiles(side: Promise<EngineSide>): void {
  handleProtocols(protocol, {
    readAttachment: async (hash) => (await controlOf(side)).readAttachment({ hash }),
    downloadPath: async (id) => (await (await controlOf(side)).downloadPath({ id })).path,
  });
}

/** What the window's page asks of this process, and what the engine hears of the window. */
function serveWindow(window: BrowserWindow, side: Promise<EngineSide>, logger: HostLogger): void {
  serveHostChannel(ipcMain, {
    serve: async (request) => (await side).serveHost(request),
    windows: new Set([window.webContents.id]),
    logger,
  });
  /** The engine looks at the shared folder less often while nobody looks at the window. */
  const tell = async (focused: boolean) => {
    try {
      await (await controlOf(side)).attention({ focused });
    } catch (error) {
      // An engine that is being started again begins with an attentive person.
      logger.error("engine.attention", error);
    }
  };
  window.on("focus", () => void tell(true));
  window.on("blur", () => void tell(false));
}

/** A second start and a link from elsewhere both lead to the window that is there. */
function receiveLinks(running: Running, tell: (notice: HostNotice) => void): void {
  const visit = (words: readonly string[]) => {
    const { link } = readArguments(words, { packaged: app.isPackaged, folder: process.cwd() });
    if (running.window?.isMinimized()) running.window.restore();
    running.window?.focus();
    if (link !== null) void follow(link);
  };
  const follow = async (link: string) => {
    const path = await placeOfLink(link);
    if (path !== null) tell({ kind: "navigate", path });
  };
  app.on("second-instance", (_event, words) => {
    visit(words.slice(1));
  });
  app.on("open-url", (event, link) => {
    event.preventDefault();
    visit([link]);
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient("guildhall");
}

function noteMishaps(logger: HostLogger): void {
  process.on("uncaughtException", (error) => {
    logger.error("main.crashed", error);
    app.quit();
  });
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    logger.warn("process.gone", { type, reason, code: exitCode });
  });
}

/** The engine ends before the app does: jobs stop, the database is checkpointed, the log is written. */
function endInOrder(running: Running, closeLog: () => Promise<void>): void {
  let state: "running" | "closing" | "closed" = "running";
  app.on("window-all-closed", () => {
    app.quit();
  });
  const close = async () => {
    state = "closing";
    try {
      await (await running.side)?.engine.close();
      await closeLog();
    } finally {
      state = "closed";
      app.quit();
    }
  };
  app.on("will-quit", (event) => {
    if (state === "closed") return;
    event.preventDefault();
    if (state === "running") void close();
  });
}
