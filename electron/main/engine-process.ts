/**
 * Keeps one engine process running: starts it, lends it the key store, starts it again after a
 * crash with growing pauses, gives up with a sentence, and ends it in order. It knows nothing of
 * windows but the ports that are handed in, and nothing of Electron.
 */
import type { HostLogger } from "#hosts/host-log.ts";
import { engineControl, hostServices } from "#hosts/engine-control.ts";
import { splitPort } from "#hosts/lanes.ts";
import { createClient } from "#shared/rpc/client.ts";
import type { Client, Handlers } from "#shared/rpc/define.ts";
import { callPort, servePort } from "#shared/rpc/port.ts";
import { createServer } from "#shared/rpc/server.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import type { HostNotice } from "#shared/contract/host-bridge.ts";
import { afterExit } from "./back-off.ts";
import type { EngineChild } from "./engine-child.ts";

export type EngineNotice = Omit<Extract<HostNotice, { kind: "engine" }>, "kind">;

type EngineOptions<WindowPort> = {
  readonly spawn: () => EngineChild<WindowPort>;
  readonly profile: string;
  readonly services: Handlers<typeof hostServices>;
  readonly keyStore: boolean;
  /** Hears of every change of state after the first start. */
  readonly announce: (notice: EngineNotice) => void;
  readonly logger: HostLogger;
  /** Milliseconds, for ages and pauses; tests give their own. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, then: () => void) => void;
};

type Control = Client<typeof engineControl>["engine"];

export type EngineProcess<WindowPort> = {
  /** Hands over the engine's end of a window's channel; during a pause it waits for the next engine. */
  readonly openWindow: (port: WindowPort) => void;
  /** The running engine's control calls; rejects with a sentence when there is none. */
  readonly control: () => Promise<Control>;
  /** Starts again after it was given up. */
  readonly restart: () => void;
  /** Asks it to close, waits at most five seconds, then ends it. */
  readonly close: () => Promise<void>;
};

/** One life of the process. */
type Life<WindowPort> = {
  readonly child: EngineChild<WindowPort>;
  readonly control: Control;
  readonly born: number;
  readonly ended: Promise<void>;
  readonly end: (reason: string) => void;
};

const closeLimit = 5000;
const goneSentence =
  "Guildhall lost touch with your workspace before it answered. It is opening it again; try once more in a moment.";
const stoppedSentence =
  "Guildhall lost touch with your workspace several times in a row. What you wrote is kept. Choose “Start it again”; if that does not help, the log in the profile's folder says why.";

/** Starts the first engine at once. */
export function createEngineProcess<WindowPort>(
  options: EngineOptions<WindowPort>,
): EngineProcess<WindowPort> {
  const { logger, announce } = options;
  const waiting: WindowPort[] = [];
  let life: Life<WindowPort> | undefined;
  let failures = 0;
  let closing = false;
  let refusal: string | undefined;

  function start(): void {
    refusal = undefined;
    const current = beginLife(options);
    life = current;
    for (const port of waiting.splice(0)) current.child.openWindow(port);
    current.child.onLine((line) => {
      logger.warn("engine.output", { length: line.length });
    });
    current.child.onExit((code) => {
      exited(current, code);
    });
    void open(current);
  }

  async function open(current: Life<WindowPort>): Promise<void> {
    try {
      await current.control.start({ profile: options.profile, keyStore: options.keyStore });
      logger.info("engine.ready", { restarts: failures });
      if (failures > 0) announce({ state: "ready", sentence: "" });
    } catch (error) {
      if (!(error instanceof RpcFault) || error.fault.kind !== "expected") return;
      // It said why the profile cannot be opened: trying again would say the same.
      refusal = error.message;
      logger.warn("engine.refused", { code: error.fault.code });
      announce({ state: "stopped", sentence: error.message });
    }
  }

  function exited(current: Life<WindowPort>, code: number): void {
    current.end(goneSentence);
    if (life !== current) return;
    life = undefined;
    if (closing) return;
    const lived = options.now() - current.born;
    logger.warn("engine.exited", { code, lived });
    const next =
      refusal === undefined ? afterExit({ failures, lived }) : { restart: false as const };
    if (!next.restart) {
      announce({ state: "stopped", sentence: refusal ?? stoppedSentence });
      return;
    }
    ({ failures } = next);
    announce({ state: "restarting", sentence: goneSentence });
    options.wait(next.delay, () => {
      if (!closing && life === undefined) start();
    });
  }

  start();
  return {
    openWindow: (port) => {
      if (life === undefined) waiting.push(port);
      else life.child.openWindow(port);
    },
    control: async () => {
      if (life === undefined) throw new Error(refusal ?? goneSentence);
      return life.control;
    },
    restart: () => {
      // One that refused its profile still stands there; the next one takes its place.
      if (life !== undefined && refusal === undefined) return;
      const old = life;
      life = undefined;
      failures = 0;
      old?.child.kill();
      start();
      announce({ state: "ready", sentence: "" });
    },
    close: async () => {
      closing = true;
      if (life !== undefined) await endLife(life, options);
    },
  };
}

function beginLife<WindowPort>(options: EngineOptions<WindowPort>): Life<WindowPort> {
  const child = options.spawn();
  const lanes = splitPort(child.port);
  const { send, close } = callPort(lanes.lane("engine"), () => {});
  servePort(
    lanes.lane("host"),
    createServer(hostServices, options.services, {
      onInternalError: (error, call) => {
        options.logger.error(`host.${call}`, error);
      },
    }),
  );
  const ended = Promise.withResolvers<void>();
  return {
    child,
    control: createClient(engineControl, send).engine,
    born: options.now(),
    ended: ended.promise,
    end: (reason) => {
      close(reason);
      ended.resolve();
    },
  };
}

async function endLife<WindowPort>(
  { child, control, ended }: Life<WindowPort>,
  { wait, logger }: Pick<EngineOptions<WindowPort>, "wait" | "logger">,
): Promise<void> {
  const late = Promise.withResolvers<void>();
  wait(closeLimit, () => {
    logger.warn("engine.late", { limit: closeLimit });
    late.resolve();
  });
  // An engine that stops while it is asked to close is as good as closed.
  await Promise.race([control.close({}).catch(() => {}), late.promise, ended]);
  child.kill();
}
