/**
 * What the engine's process serves: the control contract to the process that started it, and the
 * product's contract to each window. Windows may connect before the profile is open; they wait.
 */
import nodeModule from "node:module";
import type { KeyStore } from "#engine/engine.ts";
import { createClient } from "#shared/rpc/client.ts";
import type { Handlers } from "#shared/rpc/define.ts";
import { callPort, type Port, servePort } from "#shared/rpc/port.ts";
import { createServer } from "#shared/rpc/server.ts";
import { ExpectedFailure, type Fault, requestSchema, type Response } from "#shared/rpc/wire.ts";
import { engineControl, hostServices } from "./engine-control.ts";
import { type Lanes, splitPort } from "./lanes.ts";
import type { Parent } from "./parent-port.ts";
import { rehearse } from "./rehearse.ts";
import { type Announce, runEngine, type RunningEngine } from "./running-engine.ts";

export type EngineProcessServer = {
  /** Closes what is open and ends the process; after five seconds without waiting any longer. */
  readonly end: (exitCode: number) => Promise<void>;
  readonly logError: (event: string, error: unknown) => void;
};

/** The engine of this process: not yet started, or running. */
type Slot = {
  running: RunningEngine | undefined;
  readonly started: PromiseWithResolvers<RunningEngine>;
  readonly listeners: Set<Announce>;
};

/** For the next start, where it is kept. By itself Node does it at an end that this process rarely has. */
export function keepCompiledCode(): void {
  nodeModule.flushCompileCache?.();
}

/** Serves the parent until the process ends. */
export function serveEngineProcess(parent: Parent): EngineProcessServer {
  const slot: Slot = {
    running: undefined,
    started: Promise.withResolvers<RunningEngine>(),
    listeners: new Set(),
  };
  // Whoever waits for the engine sees why it does not come; nobody waiting is no second failure.
  slot.started.promise.catch(() => {});
  const lanes = splitPort(parent.port);
  parent.onWindowPort(({ port, onClose }) => {
    onClose(serveWindow(slot, port));
  });
  const logError = (event: string, error: unknown) => slot.running?.logger.error(event, error);
  const server = createServer(engineControl, controlHandlers(slot, lanes), {
    onInternalError: (error, call) => logError(`control.${call}`, error),
  });
  servePort(lanes.lane("engine"), server);
  return {
    logError,
    end: async (exitCode) => {
      const limit = setTimeout(() => process.exit(exitCode), 5000);
      try {
        await slot.running?.close();
      } finally {
        clearTimeout(limit);
        process.exit(exitCode);
      }
    },
  };
}

function controlHandlers(slot: Slot, lanes: Lanes): Handlers<typeof engineControl> {
  const engine = async () => (await slot.started.promise).engine;
  return {
    engine: {
      start: async ({ profile, keyStore }) => {
        await start(slot, profile, keyStore ? borrowedKeyStore(lanes) : null);
        return {};
      },
      offerSelection: async ({ paths, name }) => (await engine()).offerSelection(paths, name),
      readAttachment: async ({ hash }) => (await (await engine()).readAttachment(hash)) ?? null,
      downloadPath: async ({ id }) => ({ path: (await engine()).downloadPath(id) ?? null }),
      attention: async ({ focused }) => {
        (await engine()).attention(focused);
        return {};
      },
      close: async () => {
        await slot.running?.close();
        keepCompiledCode();
        return {};
      },
    },
  };
}

async function start(slot: Slot, profile: string, keyStore: KeyStore | null): Promise<void> {
  try {
    const running = await runEngine({ profile, keyStore, logName: "engine", keepsInSync: true });
    running.subscribe((event, payload) => {
      for (const listener of slot.listeners) listener(event, payload);
    });
    slot.running = running;
    slot.started.resolve(running);
    // Behind whoever waits already.
    setImmediate(() => void rehearse(running.serve, new Date().toISOString().slice(0, 10)));
  } catch (error) {
    slot.started.reject(error);
    throw new ExpectedFailure("not_opened", sentenceOf(error));
  }
}

/** Answers a window; returns what to call when it has gone. */
function serveWindow(slot: Slot, port: Port): () => void {
  const announce = servePort(port, (message) => answer(slot, message));
  slot.listeners.add(announce);
  return () => slot.listeners.delete(announce);
}

/** Waits for the profile to be open; a profile that cannot be opened answers with the reason. */
async function answer(slot: Slot, asked: unknown): Promise<Response> {
  try {
    return await (await slot.started.promise).serve(asked);
  } catch (error) {
    const request = requestSchema.safeParse(asked);
    const message = sentenceOf(error);
    const fault: Fault = { kind: "gone", code: "not_opened", message, details: {} };
    return { id: request.success ? request.data.id : 0, ok: false, fault };
  }
}

/** The key store of the process that started this one. */
function borrowedKeyStore(lanes: Lanes): KeyStore {
  const host = createClient(hostServices, callPort(lanes.lane("host"), () => {}).send);
  return {
    wrap: async (secret) => (await host.keyStore.wrap({ bytes: secret })).bytes,
    unwrap: async (wrapped) => (await host.keyStore.unwrap({ bytes: wrapped })).bytes,
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof ExpectedFailure) return error.message;
  const reason = error instanceof Error ? ` (${error.message})` : "";
  return `Guildhall could not open its profile${reason}. Its folder may be full or write-protected; free some space or choose another folder with --profile, then start again.`;
}
