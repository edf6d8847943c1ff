/** Vitest projects as steps whose counts reach the closing summary. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.ts";
import { runTool, type Step } from "./steps.ts";

/** A step that runs the named Vitest projects of test/vitest.config.ts. */
export function vitest(name: string, projects: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const folder = path.join(root, "out", "test");
      mkdirSync(folder, { recursive: true });
      const report = path.join(folder, `${projects.join("-")}.json`);
      const code = await runTool("vitest", [
        "run",
        "--config",
        "test/vitest.config.ts",
        ...projects.flatMap((project) => ["--project", project]),
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ]);
      const counts = readCounts(report);
      return { outcome: code === 0 ? "passed" : "failed", ...(counts && { counts }) };
    },
  };
}

function readCounts(report: string) {
  try {
    const read: unknown = JSON.parse(readFileSync(report, "utf8"));
    if (typeof read !== "object" || read === null) return undefined;
    const number = (key: string) => Number(Reflect.get(read, key) ?? 0);
    return {
      passed: number("numPassedTests"),
      failed: number("numFailedTests"),
      skipped: number("numPendingTests") + number("numTodoTests"),
    };
  } catch (error) {
    console.error(`The test report could not be read: ${String(error)}`);
    return undefined;
  }
}
