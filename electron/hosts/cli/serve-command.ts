/** `serve [--port N]`: prints the address and stays until it is interrupted. */
import { serveBrowser } from "../serve.ts";
import type { Terminal } from "./terminal.ts";

type ServeOptions = {
  readonly profile: string;
  readonly port: number;
  readonly json: boolean;
  readonly terminal: Terminal;
};

/** Resolves after everything was closed in order. */
export async function serveUntilInterrupted(options: ServeOptions): Promise<void> {
  const { profile, port, json, terminal } = options;
  const interrupted = Promise.withResolvers<void>();
  const release = terminal.onInterrupt(interrupted.resolve);
  const loopback = await serveBrowser({ profile, port });
  try {
    const { address } = loopback;
    terminal.out(
      json
        ? `${JSON.stringify({ address, port: loopback.port })}\n`
        : `Guildhall is at ${address}\nThe address is for this machine and this start only. Ctrl+C ends it.\n`,
    );
    await interrupted.promise;
  } finally {
    release();
    await loopback.close();
  }
}
