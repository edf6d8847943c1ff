/**
 * One simulated computer: a profile on the disk, the whole engine over it, and its own view of the
 * shared folder. It can die between any two calls, be put back from a backup and be copied.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { createEngine } from "#engine/create-engine.ts";
import type { Engine } from "#engine/engine.ts";
import type { Folder } from "#engine/sync/folder.ts";
import { defaultPace, type Protections } from "#engine/sync/pace.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer } from "#shared/rpc/server.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { SimulatedCrash } from "#test/support/carrier-workings.ts";
import type { Carrier } from "#test/support/simulated-folder.ts";
import { testLogger } from "#test/support/test-logger.ts";
import { createRandom } from "./random.ts";

export type Answer<T> =
  | { readonly kind: "done"; readonly value: T }
  /** The engine refused with a sentence; the code says which. */
  | { readonly kind: "refused"; readonly code: string }
  /** The app died in the middle and was started again. */
  | { readonly kind: "crashed" };

export type Device = {
  readonly name: string;
  /** Calls the engine; whatever goes wrong that is neither a refusal nor a crash is thrown. */
  readonly ask: <T>(call: (client: GuildhallClient) => Promise<T>) => Promise<Answer<T>>;
  readonly engine: () => Engine;
  /** Ends the app and starts it again. */
  readonly restart: () => Promise<void>;
  /** A copy of the profile as it is now, as a backup program or a person makes it. */
  readonly backup: () => Promise<string>;
  /** Ends the app, puts the copy in the profile's place, and starts it again. */
  readonly putBack: (copy: string, what: "profile" | "database") => Promise<void>;
  /** Reads the workspace's file, as it stands on the disk. */
  readonly look: <T>(read: (db: Sqlite.Database) => T) => T;
  /** Whether its log was ever put back to an earlier state, so that it may have forgotten something. */
  wasReset: boolean;
  /** It does not look at the folder until then. */
  offlineUntil: number;
  readonly close: () => Promise<void>;
};

export type DeviceOptions = {
  readonly name: string;
  readonly seed: number;
  /** A folder for its profiles alone. */
  readonly place: string;
  readonly carrier: Carrier;
  readonly protections: Protections;
  /** Begins with a copy of this profile. */
  readonly from?: string;
  /** Puts something between the app and its view of the shared folder. */
  readonly between?: (folder: Folder) => Folder;
  readonly version?: string;
};

type App = { readonly engine: Engine; readonly client: GuildhallClient };

/** Starts a device; an empty profile unless it begins with a copy. */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const { name, place, carrier, protections } = options;
  const random = createRandom(options.seed);
  const clock = { now: () => carrier.clockOf(name), randomBytes: random.bytes };
  const errors: unknown[] = [];
  let life = 0;
  const profileOf = (number: number) => path.join(place, `profile-${number}`);
  const folder = path.join(place, "shared");
  mkdirSync(folder, { recursive: true });
  if (options.from !== undefined) copyProfile(options.from, profileOf(0));
  const openFolder = () => {
    const view = carrier.folderOf(name);
    return options.between?.(view) ?? view;
  };
  let app = await open();
  let looking: Sqlite.Database | undefined;

  /** A connection of its own, opened once in each life. */
  function looker(): Sqlite.Database {
    const file = path.join(profileOf(life), "workspace.db");
    return (looking ??= new Sqlite(file, { readonly: true }));
  }

  async function end(engine: Engine): Promise<void> {
    looking?.close();
    looking = undefined;
    await engine.close();
  }

  async function open(): Promise<App> {
    const engine = await createEngine({
      profile: profileOf(life),
      version: options.version ?? "0.0.0-simulated",
      clock,
      keyStore: null,
      logger: testLogger(),
      emit: () => undefined,
      sampleFolder: "",
      handbookFolder: "",
      simulated: { openFolder, pace: defaultPace, protections },
    });
    const serve = createServer(contract, engine.handlers, {
      onInternalError: (error) => void errors.push(error),
    });
    return { engine, client: createClient(contract, (sent) => serve(structuredClone(sent))) };
  }

  /** What a power cut leaves: the files as they are now, without anything the app would do at its end. */
  async function die(): Promise<void> {
    const old = app.engine;
    copyProfile(profileOf(life), profileOf(life + 1));
    await end(old);
    life += 1;
    rmSync(profileOf(life - 1), { recursive: true });
    app = await open();
  }

  async function ask<T>(call: (client: GuildhallClient) => Promise<T>): Promise<Answer<T>> {
    errors.length = 0;
    try {
      return { kind: "done", value: await call(app.client) };
    } catch (error) {
      const [cause] = errors;
      if (cause instanceof SimulatedCrash) {
        await die();
        return { kind: "crashed" };
      }
      if (cause !== undefined) throw new Error(`${name}: ${describe(cause)}`, { cause: error });
      if (error instanceof RpcFault) return { kind: "refused", code: error.fault.code };
      throw error;
    }
  }

  let copies = 0;
  const device: Device = {
    name,
    ask,
    engine: () => app.engine,
    wasReset: false,
    offlineUntil: 0,
    restart: async () => {
      await end(app.engine);
      app = await open();
    },
    backup: async () => {
      copies += 1;
      const copy = path.join(place, `backup-${copies}`);
      copyProfile(profileOf(life), copy);
      return copy;
    },
    putBack: async (copy, what) => {
      await end(app.engine);
      device.wasReset = true;
      const from = profileOf(life);
      life += 1;
      copyProfile(copy, profileOf(life));
      if (what === "database") {
        // The other files of the profile stay as they are.
        for (const file of ["local.db", "device-keys.json"]) {
          cpSync(path.join(from, file), path.join(profileOf(life), file));
        }
      }
      rmSync(from, { recursive: true });
      app = await open();
    },
    look: (read) => read(looker()),
    close: () => end(app.engine),
  };
  return device;
}

/** The folder that the device shares, as a choice in its dialog. */
export function sharedFolder(device: Device, place: string): string {
  return device.engine().offerSelection([path.join(place, "shared")], "Shared").id;
}

/** Without the index of the write-ahead log, which is made again from it. */
function copyProfile(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith("-shm") });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
