/** The command line as a process of its own. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "#build/paths.ts";

/** Runs a command to its end and gives what it printed; rejects with what it said when it failed. */
export async function guildhall(words: readonly string[]): Promise<string> {
  const cli = path.join(root, "electron", "hosts", "cli.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], { cwd: root });
  return stdout;
}
