/**
 * One engine with its answering function, as every host needs it: started with the real clock and
 * log, announcing events to whoever listens.
 */
import { randomBytes } from "node:crypto";
import { createEngine } from "#engine/create-engine.ts";
import type { Engine, KeyStore, Logger } from "#engine/engine.ts";
import { contract } from "#shared/contract/index.ts";
import { createServer, type Serve } from "#shared/rpc/server.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { handbookFolder, readVersion, sampleFolder } from "./app-folders.ts";
import { openLateLog } from "./late-log.ts";
import { requireProfileFolder } from "./profile-problem.ts";

/** Receives every event the engine announces. */
export type Announce = (event: string, payload: unknown) => void;

export type RunningEngine = {
  readonly engine: Engine;
  /** Answers a request of the contract. */
  readonly serve: Serve;
  /** Calls back with each event until the returned function is called. */
  readonly subscribe: (announce: Announce) => () => void;
  readonly logger: Logger;
  readonly close: () => Promise<void>;
};

type RunOptions = {
  readonly profile: string;
  readonly keyStore: KeyStore | null;
  /** Names the log file: each process has its own, since two cannot rotate the same one. */
  readonly logName: string;
  /** Whether it looks at the shared folder on its own: what stays open does, a command does not. */
  readonly keepsInSync?: boolean;
};

/** How long an engine is open before what can wait is done, in milliseconds. */
const settling = 1000;

/** Opens the profile and starts its engine. Rejects with ExpectedFailure when it cannot be opened. */
export async function runEngine(options: RunOptions): Promise<RunningEngine> {
  requireNodeApi();
  requireProfileFolder(options.profile);
  const quiet = Promise.withResolvers<void>();
  const { profile, logName: name } = options;
  const { logger, close: closeLog } = openLateLog({ profile, name }, quiet.promise);
  const listeners = new Set<Announce>();
  const engine = await createEngine({
    profile: options.profile,
    version: readVersion(),
    clock: { now: Date.now, randomBytes },
    keyStore: options.keyStore,
    logger,
    emit: (event, payload) => {
      for (const listener of listeners) listener(event, payload);
    },
    sampleFolder,
    handbookFolder,
    keepsInSync: options.keepsInSync ?? false,
  });
  setTimeout(quiet.resolve, settling).unref();
  return {
    engine,
    serve: createServer(contract, engine.handlers, {
      onInternalError: (error, call) => {
        logger.error(`call.${call}`, error);
      },
    }),
    subscribe: (announce) => {
      listeners.add(announce);
      return () => listeners.delete(announce);
    },
    logger,
    close: async () => {
      await engine.close();
      await closeLog();
    },
  };
}

/** The database's native code needs Node-API 10; on an older one it may end the process as it loads. */
function requireNodeApi(): void {
  const found = Number(process.versions.napi);
  if (found >= 10) return;
  throw new ExpectedFailure(
    "runtime",
    `This runtime is too old for Guildhall's database: it has Node-API ${found}, and 10 is needed. Use Node 22.14 or later, or Electron 36 or later.`,
  );
}
