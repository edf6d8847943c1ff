/** The app with its window: what happens at its start, while it runs, and when it ends. */
import path from "node:path";
import process from "node:process";
import {
  app,
  type BrowserWindow,
  ipcMain,
  Menu,
  type MessagePortMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
} from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import { openLateLog } from "#hosts/late-log.ts";
import type { HostNotice } from "#shared/contract/host-bridge.ts";
import { formatRoute, type Route } from "#shared/navigation/route.ts";
import { readArguments } from "./arguments.ts";
import { type EngineChild, engineStarter } from "./engine-child.ts";
import { createEngineProcess, type EngineProcess } from "./engine-process.ts";
import { serveHostChannel } from "./host-channel.ts";
import { hostHandlers } from "./host-handlers.ts";
import { lendServices } from "./lent-services.ts";
import { openMainWindow } from "./main-window.ts";
import { menuTemplate } from "./menu.ts";
import { guardApp, guardSession } from "./security/guard.ts";
import { handleProtocols } from "./security/protocols.ts";
import { readWindowState } from "./window-state.ts";

type Engine = EngineProcess<MessagePortMain>;

type StartOptions = {
  readonly profile: string;
  /** Where a link wants to go at the start. */
  readonly route: Route | null;
};

/** How long the window stands before what can wait is done, in milliseconds. */
const settling = 1000;

/** What there is of the app, from nothing to an engine and a window. */
type Running = { engine?: Engine; window?: BrowserWindow };

/** To be called before the app is ready; it does the rest when it is. */
export function startApp({ profile, route }: StartOptions): void {
  const quiet = Promise.withResolvers<void>();
  const log = openLateLog({ profile, name: "main" }, quiet.promise);
  const running: Running = {};
  const tell = (notice: HostNotice) => {
    if (running.window?.isDestroyed() !== false) return;
    running.window.webContents.send("guildhall:notice", notice);
  };
  guardApp(app, (kind) => {
    log.logger.warn("page.refused", { kind });
  });
  // Electron would make a menu of its own before it is ready, to be replaced by the app's.
  Menu.setApplicationMenu(null);
  endInOrder(running, log.close);
  receiveLinks(running, tell);
  noteMishaps(log.logger);

  app.on("ready", () => {
    const starter = engineStarter({
      nodeApi: Number(process.versions.napi ?? 0),
      packaged: app.isPackaged,
      environment: process.env,
      codeCache: path.join(profile, "window", "engine-code"),
    });
    if ("sentence" in starter) {
      process.stderr.write(`guildhall: ${starter.sentence}\n`);
      app.exit(1);
      return;
    }
    const { logger } = log;
    const engine = startEngine({ profile, spawn: starter.start, logger, tell });
    running.engine = engine;
    guardSession(session.defaultSession, { developing: !app.isPackaged });
    handleProtocols(protocol, {
      readAttachment: async (hash) => (await engine.control()).readAttachment({ hash }),
      downloadPath: async (id) => (await (await engine.control()).downloadPath({ id })).path,
    });
    running.window = openWindow({ profile, route, engine, logger });
    // The page's process is busy with the page by then, and has not measured its window yet: making
    // the menu takes longer than all that is asked of this process before.
    running.window.webContents.once("did-navigate", () => {
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, tell)));
    });
    running.window.webContents.once("dom-ready", () => setTimeout(quiet.resolve, settling));
  });
}

type EngineStart = {
  readonly profile: string;
  readonly spawn: () => EngineChild<MessagePortMain>;
  readonly logger: HostLogger;
  readonly tell: (notice: HostNotice) => void;
};

function startEngine({ profile, spawn, logger, tell }: EngineStart): Engine {
  return createEngineProcess({
    spawn,
    profile,
    ...lendServices(safeStorage),
    logger,
    announce: (notice) => {
      tell({ kind: "engine", ...notice });
    },
    now: Date.now,
    wait: (milliseconds, then) => {
      setTimeout(then, milliseconds);
    },
  });
}

type WindowStart = StartOptions & { readonly engine: Engine; readonly logger: HostLogger };

function openWindow({ profile, route, engine, logger }: WindowStart): BrowserWindow {
  const stateFile = path.join(profile, "window", "window-state.json");
  nativeTheme.themeSource = readWindowState(stateFile).theme;
  const logFolder = path.join(profile, "logs");
  const window = openMainWindow({ stateFile, route, logger, logFolder });
  tellAttention(window, engine, logger);
  serveHostChannel(ipcMain, {
    handlers: hostHandlers({ window: () => window, engine }),
    windows: new Set([window.webContents.id]),
    logger,
  });
  return window;
}

/** The engine looks at the shared folder less often while nobody looks at the window. */
function tellAttention(window: BrowserWindow, engine: Engine, logger: HostLogger): void {
  const tell = async (focused: boolean) => {
    try {
      await (await engine.control()).attention({ focused });
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
    const { route } = readArguments(words, { packaged: app.isPackaged, folder: process.cwd() });
    if (running.window?.isMinimized()) running.window.restore();
    running.window?.focus();
    if (route !== null) tell({ kind: "navigate", path: formatRoute(route) });
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
      await running.engine?.close();
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
