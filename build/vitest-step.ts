/** Vitest projects as steps whose counts reach the closing summary. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { root } from "./paths.ts";
import { type Counts, runTool, type Step } from "./steps.ts";

/**
 * A step that runs the named Vitest projects of test/vitest.config.ts. `missing` says in a sentence
 * what the machine lacks for them, if it lacks anything.
 */
export function vitest(
  name: string,
  projects: readonly string[],
  missing: () => string | undefined = () => undefined,
): Step {
  return {
    name,
    run: async () => {
      const reason = missing();
      if (reason !== undefined) return { outcome: "could_not_run", reason };
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

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

function readCounts(report: string): Counts | undefined {
  try {
    const read = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
    const skipped = read.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => fullName);
    return { passed: read.numPassedTests, failed: read.numFailedTests, skipped };
  } catch (error) {
    console.error(`The test report could not be read: ${String(error)}`);
    return undefined;
  }
}
