/** End-to-end tests as steps: one Playwright project each, with its counts in the closing summary. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.ts";
import { runTool, type Step, type StepResult } from "./steps.ts";

type Host = {
  /** The Playwright project in test/e2e/playwright.config.ts. */
  readonly project: "electron" | "chromium";
  /** Resolves to what the tests need in their environment, or to why they cannot run. */
  readonly prepare: () => Promise<
    { readonly environment: Readonly<Record<string, string>> } | { readonly missing: string }
  >;
};

/** A step that prepares a host and runs every end-to-end test in it. */
export function playwright(name: string, host: Host): Step {
  return {
    name,
    run: async () => {
      const ready = await host.prepare();
      if ("missing" in ready) return { outcome: "could_not_run", reason: ready.missing };
      const folder = path.join(root, "out", "test");
      mkdirSync(folder, { recursive: true });
      const report = path.join(folder, `${host.project}.json`);
      const code = await runTool(
        "playwright",
        [
          "test",
          "--config",
          "test/e2e/playwright.config.ts",
          "--project",
          host.project,
          "--reporter=line,json",
        ],
        { ...ready.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      );
      return summarise(code, report);
    },
  };
}

function summarise(code: number, report: string): StepResult {
  const read: unknown = JSON.parse(readFileSync(report, "utf8"));
  const stats: unknown =
    typeof read === "object" && read !== null ? Reflect.get(read, "stats") : undefined;
  if (typeof stats !== "object" || stats === null) return { outcome: "failed" };
  const number = (key: string) => Number(Reflect.get(stats, key) ?? 0);
  const counts = {
    passed: number("expected") + number("flaky"),
    failed: number("unexpected"),
    skipped: number("skipped"),
  };
  // A host whose every test was skipped has proved nothing.
  const proved = code === 0 && counts.passed > 0;
  return { outcome: proved ? "passed" : "failed", counts };
}
