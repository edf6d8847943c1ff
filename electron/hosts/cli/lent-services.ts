/** What a command of the packaged app borrows from the app's main process, which started it. */
import type { KeyStore } from "#engine/engine.ts";
import { createClient } from "#shared/rpc/client.ts";
import { callPort } from "#shared/rpc/port.ts";
import { hostServices } from "../engine-control.ts";
import { splitPort } from "../lanes.ts";
import { connectToParent } from "../parent-port.ts";

/** The key store and standard input, which this process does not have itself. */
export function borrowServices():
  | { readonly keyStore: KeyStore | null; readonly readInput: () => Promise<Uint8Array> }
  | undefined {
  const parent = connectToParent();
  if (parent === undefined) return undefined;
  const { send } = callPort(splitPort(parent.port).lane("host"), () => {});
  const host = createClient(hostServices, send);
  const keyStore: KeyStore = {
    wrap: async (secret) => (await host.keyStore.wrap({ bytes: secret })).bytes,
    unwrap: async (wrapped) => (await host.keyStore.unwrap({ bytes: wrapped })).bytes,
  };
  return {
    keyStore: process.env.GUILDHALL_KEY_STORE === "1" ? keyStore : null,
    readInput: async () => (await host.input.readAll({})).bytes,
  };
}
