/**
 * The engine's own process: opens one profile and answers windows over message ports. It runs as
 * Electron's utility process, or forked on plain Node; it has no window and no other way in.
 */
import process from "node:process";
import { serveEngineProcess } from "./engine-process-server.ts";
import { connectToParent } from "./parent-port.ts";

const parent = connectToParent();
if (parent === undefined) {
  process.stderr.write(
    "This file is the engine's own process and is started by Guildhall; run the app instead.\n",
  );
  process.exitCode = 2;
} else {
  const server = serveEngineProcess(parent);
  parent.onGone(() => void server.end(0));
  process.on("uncaughtException", (error) => {
    // A bug: the log has it, the data is closed in order, and whoever started us starts afresh.
    server.logError("engine.crashed", error);
    void server.end(1);
  });
}
