/**
 * The engine's own process: opens one profile and answers windows over message ports. It runs as
 * Electron's utility process, or forked on plain Node; it has no window and no other way in.
 */
import nodeModule from "node:module";
import { keepMemorySmall } from "./small-memory.ts";

// The window waits for the first answer: compiled code is kept between starts, in the folder that
// whoever starts this process names. Loading it is half of the way to that answer without.
const [, , codeCache] = process.argv;
if (codeCache !== undefined) nodeModule.enableCompileCache?.(codeCache);

// What was sent meanwhile waits until somebody listens.
const { keepCompiledCode, serveEngineProcess } = await import("./engine-process-server.ts");
const { connectToParent } = await import("./parent-port.ts");

/** While the window opens, both would only hold up the first answers. */
const opening = 2000;
setTimeout(() => {
  keepMemorySmall();
  keepCompiledCode();
}, opening).unref();

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
