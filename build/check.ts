/** `npm run check`: everything that can be known in two minutes without a window. */
import { requireNode } from "./node-version.ts";
import { runSteps, type Step, tool } from "./steps.ts";
import { vitest } from "./vitest-step.ts";

const folders = ["shared", "electron", "renderer", "build", "test"];

/** The steps of the check; `npm test` begins with the same ones. */
export const checkSteps: readonly Step[] = [
  tool("Format", "oxfmt", ["--check", ...folders]),
  tool("Lint", "oxlint", ["--type-aware", "-c", ".oxlintrc.json", ...folders]),
  tool("Types", "tsc", ["-b"]),
  tool("Unused code", "knip", []),
  vitest("Unit, contract and architecture tests", ["unit", "contract", "architecture"]),
];

if (import.meta.main) {
  requireNode();
  process.exitCode = await runSteps("Check", checkSteps);
}
