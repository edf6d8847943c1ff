/**
 * What speaks with the engine and answers the page. It is loaded while both of their processes come
 * up: with its schemas it takes as long to load as all that has to be there before.
 */
import { type BrowserWindow, type MessagePortMain, safeStorage } from "electron";
import type { HostLogger } from "#hosts/host-log.ts";
import { hostContract, type HostNotice } from "#shared/contract/host-bridge.ts";
import { createServer, type Serve } from "#shared/rpc/server.ts";
import type { EngineChild } from "./engine-child.ts";
import { createEngineProcess, type EngineProcess } from "./engine-process.ts";
import { hostHandlers } from "./host-handlers.ts";
import { lendServices } from "./lent-services.ts";

export type EngineSide = {
  readonly engine: EngineProcess<MessagePortMain>;
  /** Answers the host's contract to a page of ours. */
  readonly serveHost: Serve;
};

export type EngineSideOptions = {
  readonly profile: string;
  /** Gives the first process, which is under way, and then another one each time. */
  readonly spawn: () => EngineChild<MessagePortMain>;
  readonly window: () => BrowserWindow;
  readonly tell: (notice: HostNotice) => void;
  readonly logger: HostLogger;
};

/** Opens the profile in the engine's process. */
export function createEngineSide(options: EngineSideOptions): EngineSide {
  const { profile, spawn, window, tell, logger } = options;
  const engine = createEngineProcess({
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
  const serveHost = createServer(hostContract, hostHandlers({ window, engine }), {
    onInternalError: (error, call) => {
      logger.error(`host.${call}`, error);
    },
  });
  return { engine, serveHost };
}
