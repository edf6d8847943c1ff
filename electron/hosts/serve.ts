/** The app in a browser tab: one engine behind one loopback address, until somebody ends it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { rendererFolder } from "./app-folders.ts";
import { type Loopback, startLoopback } from "./loopback.ts";
import { runEngine } from "./running-engine.ts";

/** Starts both. `close` of the result ends the address first, then the engine. */
export async function serveBrowser(options: {
  readonly profile: string;
  /** 0 takes any free port. */
  readonly port: number;
}): Promise<Loopback> {
  if (!existsSync(path.join(rendererFolder, "index.html"))) {
    throw new ExpectedFailure(
      "not_built",
      "The pages are not built yet, so there is nothing to show. Run: npm run build",
    );
  }
  const running = await runEngine({
    profile: options.profile,
    keyStore: null,
    logName: "engine",
    keepsInSync: true,
  });
  try {
    const { engine, serve, subscribe } = running;
    const loopback = await startLoopback({
      engine,
      serve,
      subscribe,
      rendererFolder,
      port: options.port,
    });
    return {
      ...loopback,
      close: async () => {
        await loopback.close();
        await running.close();
      },
    };
  } catch (error) {
    await running.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new ExpectedFailure(
        "port_taken",
        `Port ${options.port} is in use by another program. Choose another one, or leave --port out to take any free one.`,
      );
    }
    throw error;
  }
}
