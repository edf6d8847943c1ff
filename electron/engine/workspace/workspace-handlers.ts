/**
 * The workspace as its person meets it: what is here, the first start, the keys' passphrase, and
 * the settings of this device. Records made at the first start go through the record store like
 * any others, so that the log tells the workspace's whole story.
 */
import type { contract, GuildhallEmit } from "#shared/contract/index.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { Databases, Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Identity } from "../identity/identity.ts";
import { noteRecent, readSettings, writeSettings } from "./settings.ts";
import type { StartWorkspace } from "./start-workspace.ts";
import { isStarted, readWorkspace } from "./workspace-row.ts";

type Dependencies = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly start: StartWorkspace;
  readonly now: () => number;
  readonly emit: GuildhallEmit;
  readonly version: string;
  readonly keyStoreAvailable: boolean;
  /** False while records cannot be looked up after an update. */
  readonly projectionsAreCurrent: () => boolean;
};

type Handlers = GroupHandlers<typeof contract.workspace>;
type State = Awaited<ReturnType<Handlers["state"]>>;

const titleOf = statement<[id: string], { readonly title: string }>(
  "SELECT title FROM record WHERE id = ?",
);

/** Handlers of the group `workspace`. */
export function createWorkspaceHandlers(deps: Dependencies): Handlers {
  const { databases, identity, emit } = deps;
  return {
    state: () => stateOf(deps),
    start: async (input) => {
      const started = await deps.start(input);
      emit("workspace.changed", {});
      return started;
    },
    unlock: async ({ passphrase }) => {
      await identity.unlock(passphrase);
      emit("workspace.changed", {});
      return {};
    },
    protect: async ({ passphrase }) => {
      await identity.protect(passphrase);
      emit("workspace.changed", {});
      return { keyProtection: identity.protection() ?? "passphrase" };
    },
    settings: () => readSettings(databases.local),
    changeSettings: (changes) => {
      const settings = writeSettings(databases.local, changes);
      emit("settings.changed", {});
      return settings;
    },
    opened: ({ id }) => {
      noteRecent(databases.local, id, deps.now());
      return {};
    },
  };
}

function stateOf(deps: Dependencies): State {
  const { databases, identity, version, keyStoreAvailable } = deps;
  const keyProtection = identity.protection() ?? null;
  const workspace = readWorkspace(databases.read);
  if (workspace === undefined || !isStarted(databases.read)) {
    const nothing = { workspace: null, name: null, device: null, person: null, department: null };
    const host = { keyStoreAvailable, version };
    return { state: "empty", sample: false, ...nothing, keyProtection, writable: true, ...host };
  }
  const current = deps.projectionsAreCurrent();
  const locked = identity.state() === "locked";
  return {
    // Only a passphrase can be typed; keys of a key store that is out of reach stay so.
    state: locked && keyProtection === "passphrase" ? "locked" : current ? "ready" : "rebuilding",
    writable: !locked,
    workspace: workspace.id,
    name: workspace.name,
    sample: workspace.sample === 1,
    device: identity.device()?.id ?? null,
    person: named(databases.read, workspace.person_id),
    department:
      workspace.department_id === "" ? null : named(databases.read, workspace.department_id),
    keyProtection,
    keyStoreAvailable,
    version,
  };
}

/** The person's or department's name as it is now; empty while the projections are being rebuilt. */
function named(db: Readable, id: string): { readonly id: string; readonly name: string } {
  return { id, name: titleOf(db).get(id)?.title ?? "" };
}
