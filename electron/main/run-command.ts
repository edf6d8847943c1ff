/** `guildhall <command>` in the packaged app: the command line in a process of its own, no window. */
import path from "node:path";
import { utilityProcess } from "electron";
import { hostServices } from "#hosts/engine-control.ts";
import { electronPort } from "#hosts/electron-port.ts";
import { splitPort } from "#hosts/lanes.ts";
import type { Handlers } from "#shared/rpc/define.ts";
import { servePort } from "#shared/rpc/port.ts";
import { createServer } from "#shared/rpc/server.ts";
import { engineEnvironment } from "./engine-child.ts";

const entry = path.resolve(import.meta.dirname, "..", "hosts", "cli.js");

type CommandOptions = {
  readonly words: readonly string[];
  readonly services: Handlers<typeof hostServices>;
  readonly keyStore: boolean;
};

/** Resolves to the command's exit code. To be called when the app is ready. */
export function runCommand({ words, services, keyStore }: CommandOptions): Promise<number> {
  const passphrase = process.env.GUILDHALL_PASSPHRASE;
  const child = utilityProcess.fork(entry, [...words], {
    serviceName: "guildhall-command",
    stdio: "inherit",
    env: {
      ...engineEnvironment(process.env),
      ...(keyStore ? { GUILDHALL_KEY_STORE: "1" } : {}),
      ...(passphrase === undefined ? {} : { GUILDHALL_PASSPHRASE: passphrase }),
    },
  });
  const lanes = splitPort(
    electronPort(child, (onMessage) => {
      child.on("message", onMessage);
    }),
  );
  servePort(
    lanes.lane("host"),
    createServer(hostServices, services, { onInternalError: () => {} }),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill());
  const ended = Promise.withResolvers<number>();
  child.on("exit", ended.resolve);
  return ended.promise;
}

/** Everything on standard input. */
export async function readStandardInput(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
