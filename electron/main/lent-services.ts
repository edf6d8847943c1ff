/** What the main process lends to the engine's process. */
import type { SafeStorage } from "electron";
import type { hostServices } from "#hosts/engine-control.ts";
import type { Handlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { openKeyStore } from "./key-store.ts";
import { readStandardInput } from "./run-command.ts";

/** The handler table, and whether there is a key store in it. To be called when the app is ready. */
export function lendServices(safeStorage: SafeStorage): {
  readonly services: Handlers<typeof hostServices>;
  readonly keyStore: boolean;
} {
  const store = openKeyStore(safeStorage, process.platform);
  const opened = () => {
    if (store !== null) return store;
    throw new ExpectedFailure("no_key_store", "This system offers no key store.");
  };
  return {
    keyStore: store !== null,
    services: {
      keyStore: {
        wrap: ({ bytes }) => ({ bytes: opened().wrap(bytes) }),
        unwrap: ({ bytes }) => ({ bytes: opened().unwrap(bytes) }),
      },
      input: { readAll: async () => ({ bytes: await readStandardInput() }) },
    },
  };
}
