/** Finds the engine's process of an app in Electron: the child of the main process that runs its file. */
import { spawnSync } from "node:child_process";
import type { LaunchedElectron } from "./launch-electron.ts";

/** Rejects while there is none. */
export async function enginePid(electron: LaunchedElectron["app"]): Promise<number> {
  const main = await electron.evaluate(() => process.pid);
  const { stdout } = spawnSync("ps", ["-o", "pid=,args=", "--ppid", String(main)], {
    encoding: "utf8",
  });
  const line = stdout
    .split("\n")
    .find((row) => /hosts\/utility\.js|node\.mojom\.NodeService/u.test(row));
  if (line === undefined) throw new Error("The engine has no process.");
  return Number(line.trim().split(" ")[0]);
}
