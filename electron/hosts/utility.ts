/**
 * The engine's own process: opens one profile and answers windows over message ports. It runs as
 * Electron's utility process, or forked on plain Node; it has no window and no other way in.
 */
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { serveEngineProcess } from "./engine-process-server.ts";
import { connectToParent } from "./parent-port.ts";

// V8 lets garbage pile up to several times of what is alive, on a machine with much memory. An engine
// stands beside everything else that somebody works with: after an import of 10,000 files it keeps
// 240 MB with these and 440 MB without, for a tenth more of processor time while importing.
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=40");

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
